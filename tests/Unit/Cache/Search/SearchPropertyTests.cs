using System.Text;
using SkillMeat.Cache.Search;
using Xunit;

namespace SkillMeat.Tests.Cache.Search;

/// <summary>Anything is a search, and the answer is that of a search through all texts.</summary>
public sealed class SearchPropertyTests
{
    private static readonly string[] _signs =
    [
        "\"", "'", "*", "^", "(", ")", "{", "}", "[", "]", ":", "-", "+", "~", "%", "_", ";", "--", "/*", "*/", "\\", "\0", "\n", "\t", "AND", "OR", "NOT", "NEAR", "NEAR(", "NEAR(a b, 2)", "rowid", "name:", "{name title}:",
        "- name :", "^one", "one*", "\"one", "one\"", "\"one\" *", "\"\"", "\"\"\"", "type:", "type:skill", "tag:", "tag:\"", "tag:\"a b", "author:*", "source:%", "stale:yes", "stale:", "project:", "project:\0", "project:x", "project:/",
        "collection:", "name:\"", "文", "文档", "한", "\u3099", "\u0301", "\ud800", "\udc00", "😀", "\u202e", "\uFFFF", "\uE000", "\uE000pdf", "search", "bm25(search)", "DROP TABLE artifact", "?1", "$x", "@x", "#", "one", "two", "a", "İ", "ß",
        "x'00'", "NULL", "1e999", "0x1F", "..", "/", "C:\\", "=", "<", ">", "|", "&", "!", ",", ".",
    ];

    [Fact]
    public void Two_thousand_random_texts_are_no_error()
    {
        using var scene = new SearchScene().Skill("one", "Two one three", ["a", "pdf"], "Ada").Skill("two", "文档 한국 😀 % _ *").Save();
        var random = new Random(15);
        for (var i = 0; i < 2000; i++)
        {
            var text = new StringBuilder();
            for (var pieces = random.Next(1, 9); pieces > 0; pieces--)
            {
                if (random.Next(4) == 0) text.Append((char)random.Next(random.Next(2) == 0 ? 128 : 65536));
                else text.Append(_signs[random.Next(_signs.Length)]);
                if (random.Next(2) == 0) text.Append(' ');
            }

            var found = scene.Find(new ArtifactSearchRequest { Text = text.ToString(), Order = (SearchOrder)random.Next(3) });
            Assert.Equal(Math.Min(found.Total, 20), found.Items.Count);
        }

        Assert.Empty(scene.Warnings);
        Assert.Equal("one", scene.Names("three"));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("one")]
    [InlineData("文")]
    [InlineData("a-")]
    [InlineData("type:x ")]
    [InlineData("one two")]
    public void Very_long_texts_are_no_error(string piece)
    {
        using var scene = new SearchScene().Skill("one", "Two").Save();

        scene.Find(string.Concat(Enumerable.Repeat(piece, 20_000)));
        scene.Find(string.Join(' ', Enumerable.Range(0, 20_000).Select(i => $"{piece}{i}")));
        Assert.Empty(scene.Warnings);
    }

    [Fact]
    public void All_words_are_found_where_they_all_are()
    {
        using var scene = new SearchScene();
        var random = new Random(7);
        string[] words = [.. Enumerable.Range(0, 60).Select(_ => string.Concat(Enumerable.Range(0, random.Next(2, 7)).Select(_ => (char)('a' + random.Next(5)))))];
        string Some(int most) => string.Join(' ', Enumerable.Range(0, random.Next(most)).Select(_ => words[random.Next(words.Length)]));
        var texts = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        for (var i = 0; i < 400; i++)
        {
            var (name, description, body, tags) = ($"x{i}", Some(6), Some(12), Some(3).Split(' ', StringSplitOptions.RemoveEmptyEntries));
            scene.Skill(name, description, tags, body: $"---\nname: {name}\ndescription: {description}\n---\n{body}");
            texts.Add(name, [.. $"{name} name description {description} {body}".Split(' '), .. tags]);
        }

        scene.Save();
        for (var i = 0; i < 300; i++)
        {
            var typed = Enumerable.Range(0, random.Next(1, 4)).Select(_ => words[random.Next(words.Length)]).ToList();
            var expected = texts.Where(one => typed.TrueForAll(one.Value.Contains)).Select(one => one.Key).Order(StringComparer.Ordinal).ToList();
            var found = scene.Find(new ArtifactSearchRequest { Text = string.Join(' ', typed), Limit = 1000 });
            if (expected.Count == 0) Assert.NotEqual(SearchMatch.Exact, found.Match);
            else Assert.Equal(expected, found.Items.Select(item => item.Name).Order(StringComparer.Ordinal));
            Assert.Equal(found.Items.Count, found.Total);
        }
    }

    [Fact]
    public void Substrings_of_chinese_texts_are_found_where_they_are()
    {
        using var scene = new SearchScene();
        var random = new Random(8);
        string Some(int most) => string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => "天地玄黄宇宙"[random.Next(6)]));
        var texts = Enumerable.Range(0, 200).ToDictionary(i => $"x{i}", _ => Some(12), StringComparer.Ordinal);
        foreach (var (name, text) in texts) scene.Skill(name, text, body: "");
        scene.Save();

        for (var i = 0; i < 200; i++)
        {
            var typed = Some(5);
            var expected = texts.Where(one => one.Value.Contains(typed, StringComparison.Ordinal)).Select(one => one.Key).Order(StringComparer.Ordinal).ToList();
            Assert.Equal(expected, scene.Find(new ArtifactSearchRequest { Text = typed, Limit = 1000 }).Items.Select(item => item.Name).Order(StringComparer.Ordinal));
        }
    }
}
