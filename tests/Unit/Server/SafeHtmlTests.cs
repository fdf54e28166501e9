using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using SkillMeat.Server.Artifacts;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Hostile Markdown: whatever it is made of, the HTML has no tag, attribute or address that a browser would run or load.</summary>
public sealed partial class SafeHtmlTests
{
    private static readonly string[] _parts =
    [
        "[a](", "[a]: ", "![a](", "<a href=", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<script>", "</script>", "<style>@import 'x'</style>",
        "<iframe srcdoc=\"<script>alert(1)</script>\">",
        "<!--", "-->", "<![CDATA[", "]]>", "<?php", "?>", "<!DOCTYPE html>", "<math><mi//xlink:href=\"data:x,<script>\">", "<details open ontoggle=alert(1)>", "<base href=//evil.example>", "<meta http-equiv=refresh content=0>",
        "<form action=javascript:x>",
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "\u0001javascript:alert(1)", "javascript&colon;alert(1)", "&#106;avascript:alert(1)",
        "&#x6A;avascript&#58;alert(1)", "java&Tab;script:alert(1)",
        "jav&NewLine;ascript:x", "\\javascript:x", "%6aavascript:alert(1)", "vbscript:msgbox(1)", "data:text/html;base64,PHNjcmlwdD4=", "data:image/svg+xml,<svg onload=alert(1)>", "file:///etc/passwd", "blob:x", "view-source:x",
        "//evil.example", "/api/v1/collections", "../x", "#x",
        "https://example.org/\"onmouseover=\"alert(1)", "https://example.org/' onclick='x", "https://example.org/`x`", "https://user:p@example.org", "https:javascript:x", "http:\\\\evil", "mailto:a@example.org?body=<script>",
        "mailto:\"onload=x", "ftp://x", "https://ex\u202eample.org/", "https://example.org/\u0000x",
        "<javascript:alert(1)>", "<https://example.org/?\"><script>>", "<a@b.c>", "<\"onload=x\"@b.c>", "<data:x>", "www.example.org/\"x", "https://example.org/<b>", "javascript:www.example.org", "mailto:x@y.z\"", "tel:1\" onclick=x",
        "ftp://example.org\"",
        "](", ")", "[", "]", "](x \"title\" onclick=x)", " \"t\\\"><script>\"", " 't' )", "[[", "]]", "][", "](<", ">)", "][1]", "[1]: javascript:x\n", "[1]:\n  <data:x>\n  'y'\n", "[![", "`", "``", "```", "```html onclick=x\" y\n",
        "~~~ \"><script>\n", "    code <b>\n",
        "|a|b|\n|-|:-:|\n|<script>|x|\n", "- [ ] <b>\n", "- [x] y\n", "1. ", "> ", "# ", "#\" onclick=x\n", "***", "**", "_", "~~", "\\<", "&lt;script&gt;", "&#60;script&#62;", "&quot;", "\u202e", "\u2066", "\u200b", "\u001b[31m",
        "\u0000", "\ufffe", "\ud83d\ude00", "\n", "\n\n", "\r\n", "\r", " ", "  \n", "x", "\"", "'",
        "---\nname: x\n---\n", "{.class onclick=x}", "{#id\"}", "$x$", ":::", "[^1]", "[^1]: <script>\n", "==x==", "^x^", "@[y](javascript:x)", "\u2028", "\u2029", "\u00a0javascript:x", "\uff1cscript\uff1e",
    ];

    [Fact]
    public void Whatever_Markdown_says_nothing_runs_and_nothing_is_loaded() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 50; i++) AssertSafe(string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => _parts[random.Next(_parts.Length)])));
        }));

    [Fact]
    public void Each_part_alone_and_in_a_link_is_safe()
    {
        foreach (var part in _parts)
        {
            string[] texts =
            [
                part,
                $"[a]({part})", $"[a](<{part}>)", $"![a]({part})", $"[a][1]\n\n[1]: {part}\n", $"<{part}>",
                $"[a](https://example.org \"{part}\")", $"[{part}](https://example.org)", $"[![a]({part})](https://example.org)",
            ];
            Assert.All(texts, AssertSafe);
        }
    }

    [Theory]
    [InlineData("[", "")]
    [InlineData("![", "")]
    [InlineData("[a](", "")]
    [InlineData("<", "")]
    [InlineData("<a ", "")]
    [InlineData("*", "")]
    [InlineData("**a ", "")]
    [InlineData("_a ", "")]
    [InlineData("`", "")]
    [InlineData("` a ``", "")]
    [InlineData("> ", "x")]
    [InlineData("- ", "x")]
    [InlineData("|", "\n|-|\n")]
    [InlineData("|a", "|\n|-|\n")]
    [InlineData("\\", "")]
    [InlineData("&#x6a;", "")]
    [InlineData("[1]: x\n", "")]
    [InlineData("a@a.", "")]
    [InlineData("https://", "")]
    [InlineData("www.a", "")]
    [InlineData("- [ ] ", "x")]
    [InlineData("~~~\n", "")]
    [InlineData("[a]: x\n\n", "")]
    public void Long_and_deep_texts_take_no_time(string part, string end)
    {
        var text = string.Concat(Enumerable.Repeat(part, 100_000 / part.Length)) + end;
        var watch = Stopwatch.StartNew();
        AssertSafe(text);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("[a", "](b)")]
    [InlineData("![a", "](b)")]
    [InlineData("[a", "]")]
    [InlineData("[", "](<b>)")]
    public void Brackets_in_brackets_take_no_time(string opening, string closing)
    {
        var watch = Stopwatch.StartNew();
        AssertSafe(string.Concat(Enumerable.Repeat(opening, 60_000)) + string.Concat(Enumerable.Repeat(closing, 60_000)));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        // Many links are no reason to show a text as it is written.
        Assert.Contains("<a href=\"https://example.org/\"", SafeHtml.Of("README.md", string.Concat(Enumerable.Repeat("- [a](https://example.org/)\n", 1_500))), StringComparison.Ordinal);
    }

    private static void AssertSafe(string text)
    {
        var html = SafeHtml.Of("SKILL.md", text);
        Assert.DoesNotContain(html, character => (character < ' ' && character is not ('\n' or '\t')) || character is '\u202e' or '\u2066');
        foreach (Match tag in AnyTag().Matches(html))
        {
            // The messages are long, and there are many tags.
            if (!KnownTag().IsMatch(tag.Value)) Assert.Fail($"{tag.Value} of {text}");
            foreach (Match attribute in Attribute().Matches(tag.Value))
            {
                var (name, value) = (attribute.Groups[1].Value, WebUtility.HtmlDecode(attribute.Groups[2].Value));
                if (name == "href" && !(Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto")) Assert.Fail($"{value} of {text}");
            }

            if (tag.Value.StartsWith("<a ", StringComparison.Ordinal) && !tag.Value.Contains("rel=\"noopener noreferrer\" target=\"_blank\"", StringComparison.Ordinal)) Assert.Fail($"{tag.Value} of {text}");
        }
    }

    // Everything from a '<' on; a text's own is written &lt;.
    [GeneratedRegex("<[^>]*>?")]
    private static partial Regex AnyTag();

    [GeneratedRegex("""^</?(p|h[1-6]|a|ul|ol|li|em|strong|code|pre|blockquote|hr|br|table|thead|tbody|tr|th|td|input|del)( (href|rel|target|title|class|style|start|type|disabled|checked)="[^"<>]*")* ?/?>$""")]
    private static partial Regex KnownTag();

    [GeneratedRegex("""([a-z]+)="([^"]*)""")]
    private static partial Regex Attribute();
}
