using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SkillMeat.Upstream.FrontMatters;

/// <summary>Reads front matter: YAML between <c>---</c> lines at the top of a Markdown file, or a whole <c>.yaml</c> or <c>.json</c> file.</summary>
/// <remarks>The text is untrusted, so it is read as a stream of events that does not expand aliases, and the nesting depth is limited.</remarks>
internal static class FrontMatterReader
{
    public const int DeepestNesting = 64;

    private const int LongestFrontMatter = 256 * 1024;

    /// <summary>Reads the front matter of a file.</summary>
    /// <param name="path">The path of the file. Its extension determines the format.</param>
    /// <param name="text">The text of the file, or its beginning.</param>
    /// <returns>The front matter; <see cref="FrontMatter.Empty"/> if the file has none.</returns>
    /// <exception cref="FrontMatterException">The file has front matter that cannot be parsed.</exception>
    public static FrontMatter Read(string path, string text) => Read(path, text, ReadMapping) ?? FrontMatter.Empty;

    /// <summary>
    /// Reads all keys of the front matter of a file, in order. Keys without a value and aliases are left out. If a key occurs twice, the last one
    /// counts.
    /// </summary>
    /// <param name="path">The path of the file. Its extension determines the format.</param>
    /// <param name="text">The text of the file.</param>
    /// <returns>The values by key; empty if the file has no front matter.</returns>
    /// <exception cref="FrontMatterException">The file has front matter that cannot be parsed.</exception>
    public static IReadOnlyDictionary<string, FrontMatterValue> ReadAll(string path, string text) =>
        Read(path, text, FrontMatterValueReader.ReadDocument) ?? new Dictionary<string, FrontMatterValue>();

    /// <summary>Reads the front matter of a file and all its keys, and parses the text once.</summary>
    /// <inheritdoc cref="ReadAll(string, string)"/>
    public static (FrontMatter Known, IReadOnlyDictionary<string, FrontMatterValue> All) ReadBoth(string path, string text) => Read(path, text, parser =>
    {
        var events = new RepeatedParser(parser);
        var known = ReadMapping(events);
        events.Rewind();
        return Tuple.Create(known, FrontMatterValueReader.ReadDocument(events));
    }) is { } both ? (both.Item1, both.Item2) : (FrontMatter.Empty, new Dictionary<string, FrontMatterValue>());

    /// <summary>Returns the beginning of a text that holds all of its front matter, so that the rest of a long file need not be kept.</summary>
    /// <param name="path">The path of the file. Its extension determines the format.</param>
    /// <param name="text">The text of the file, or its beginning.</param>
    /// <returns>A text with the same front matter, or the same error.</returns>
    public static string Head(string path, string text)
    {
        if (!IsMarkdown(path)) return text;
        return Find(text) switch
        {
            null => "",
            (_, -1, _) => text,
            (_, _, var after) => text[..after],
        };
    }

    /// <summary>Whether a scalar counts as no value.</summary>
    public static bool IsNull(Scalar scalar) =>
        string.IsNullOrWhiteSpace(scalar.Value) || (scalar.Style == ScalarStyle.Plain && scalar.Value is "~" or "null" or "Null" or "NULL");

    private static T? Read<T>(string path, string text, Func<IParser, T> read)
        where T : class
    {
        var yaml = IsMarkdown(path) ? Cut(text) : text;
        if (yaml is null)
        {
            return null;
        }

        if (yaml.Length > LongestFrontMatter)
        {
            throw new FrontMatterException("the front matter is longer than 256 KB");
        }

        try
        {
            return read(new Parser(new StringReader(yaml)));
        }
        catch (YamlException e)
        {
            throw new FrontMatterException($"the front matter is not valid YAML (line {e.Start.Line}: {FirstLine(e.InnerException?.Message ?? e.Message)})", e);
        }
        catch (InvalidOperationException e)
        {
            // The parser throws this if the text ends too early, for example after an unclosed '['.
            throw new FrontMatterException("the front matter is not valid YAML: it ends inside a list, mapping or string", e);
        }
    }

    private static bool IsMarkdown(string path) => path.EndsWith(".md", StringComparison.OrdinalIgnoreCase);

    private static string? Cut(string text) => Find(text) switch
    {
        null => null,
        (_, -1, _) => throw new FrontMatterException("the front matter has no closing '---'"),
        (var start, var end, _) => text[start..end],
    };

    /// <summary>Finds the YAML, and the end of the line that closes it; null if there is none, and -1 for the end of one that is not closed.</summary>
    private static (int Start, int End, int After)? Find(string text)
    {
        var start = text.StartsWith('\uFEFF') ? 1 : 0;
        var firstEnd = EndOfLine(text, start);
        if (firstEnd < 0 || text.AsSpan(start, firstEnd - start).TrimEnd().SequenceEqual("---") is false)
        {
            return null;
        }

        for (var line = firstEnd + 1; line <= text.Length;)
        {
            var end = EndOfLine(text, line);
            var stop = end < 0 ? text.Length : end;
            if (text.AsSpan(line, stop - line).TrimEnd() is "---" or "...")
            {
                return (firstEnd + 1, line, stop);
            }

            if (end < 0)
            {
                break;
            }

            line = end + 1;
        }

        return (firstEnd + 1, -1, -1);
    }

    private static int EndOfLine(string text, int start) => text.IndexOf('\n', start);

    private static FrontMatter ReadMapping(IParser parser)
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _) || !parser.TryConsume<MappingStart>(out _))
        {
            return FrontMatter.Empty;
        }

        var found = new Dictionary<string, object>(StringComparer.Ordinal);
        string? nestedCategory = null;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>().Value is var name && name == "licence" ? "license" : name;
            if (key == "metadata") nestedCategory = ReadNested(parser, "category");
            else if (!FrontMatter.Keys.TryGetValue(key, out var kind)) Skip(parser);
            else if (ReadValue(parser, kind) is { } value) found[key] = value;
            else found.Remove(key);
        }

        if (nestedCategory is not null) found.TryAdd("category", nestedCategory);
        return new FrontMatter(found);
    }

    private static object? ReadValue(IParser parser, FrontMatterKind kind) => kind switch
    {
        FrontMatterKind.Text => ReadText(parser),
        FrontMatterKind.Flag => ReadFlag(parser),
        _ => ReadList(parser),
    };

    /// <summary>
    /// Reads the text of a scalar, or the name in a mapping such as <c>author: {name: …}</c>; null for anything else and for an empty value.
    /// </summary>
    private static string? ReadText(IParser parser)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return IsNull(scalar) ? null : scalar.Value.Trim();
        }

        return parser.Accept<MappingStart>(out _) ? ReadNested(parser, "name") : SkipAsNull(parser);
    }

    /// <summary>Reads a flag. Any other text, such as the name of a replacement, means true.</summary>
    private static bool? ReadFlag(IParser parser) => ReadText(parser) is { } text ? FrontMatterFlag.Read(text) ?? true : null;

    private static List<string>? ReadList(IParser parser)
    {
        if (!parser.TryConsume<SequenceStart>(out _))
        {
            return ReadText(parser) is { } text ? Distinct(text.Split(',')) : null;
        }

        var items = new List<string>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (ReadText(parser) is { } item)
            {
                items.Add(item);
            }
        }

        return Distinct(items);
    }

    private static List<string>? Distinct(IEnumerable<string> items)
    {
        var kept = items.Select(i => i.Trim()).Where(i => i.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        return kept.Count > 0 ? kept : null;
    }

    private static string? ReadNested(IParser parser, string wanted)
    {
        if (!parser.TryConsume<MappingStart>(out _))
        {
            return SkipAsNull(parser);
        }

        string? value = null;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var isWanted = parser.Consume<Scalar>().Value == wanted;
            if (isWanted && parser.TryConsume<Scalar>(out var scalar))
            {
                value = IsNull(scalar) ? null : scalar.Value.Trim();
            }
            else
            {
                Skip(parser);
            }
        }

        return value;
    }

    private static string? SkipAsNull(IParser parser)
    {
        Skip(parser);
        return null;
    }

    private static void Skip(IParser parser)
    {
        var depth = 0;
        do
        {
            depth += parser.Consume<ParsingEvent>().NestingIncrease;
            if (depth > DeepestNesting)
            {
                throw new FrontMatterException("the front matter is nested too deeply");
            }
        }
        while (depth > 0);
    }

    private static string FirstLine(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
