using SkillMeat.Upstream.FrontMatters;
using Xunit;

namespace SkillMeat.Tests.Upstream.FrontMatters;

/// <summary>Front matter that people publish and Claude Code loads, although strict YAML refuses it.</summary>
public sealed class FrontMatterRepairTests
{
    [Theory]
    [InlineData("description: Makes PDFs. Use when: the user asks", "Makes PDFs. Use when: the user asks", 3)]
    [InlineData("description: Ends with a colon:", "Ends with a colon:", 3)]
    [InlineData("description: @scope/pkg helper", "@scope/pkg helper", 3)]
    [InlineData("description: `code` first", "`code` first", 3)]
    [InlineData("description: %complete", "%complete", 3)]
    [InlineData("description: *emphasis*", "*emphasis*", 3)]
    [InlineData("description: **bold** text", "**bold** text", 3)]
    [InlineData("description: & more", "& more", 3)]
    [InlineData("description: !important thing", "!important thing", 3)]
    [InlineData("description: [WIP] Something", "[WIP] Something", 3)]
    [InlineData("description: {{placeholder}}", "{{placeholder}}", 3)]
    [InlineData("description: {a} and {b}", "{a} and {b}", 3)]
    [InlineData("description: > quoted by mail", "> quoted by mail", 3)]
    [InlineData("description: | piped", "| piped", 3)]
    [InlineData("description: - a dash", "- a dash", 3)]
    [InlineData("description: \"Quoted\" and then more", "\"Quoted\" and then more", 3)]
    [InlineData("description: \"a\" and \"b\"", "\"a\" and \"b\"", 3)]
    [InlineData("description: \"She said \"hi\" loudly\"", "She said \"hi\" loudly", 3)]
    [InlineData("description: 'It's great'", "It's great", 3)]
    [InlineData("description: \"never closed", "never closed", 3)]
    [InlineData("description: \"C:\\path\\users\"", "C:\\path\\users", 3)]
    [InlineData("description:Without a space", "Without a space", 3)]
    [InlineData("description: Use when: the user\n  asks for more: things", "Use when: the user asks for more: things", 3)]
    [InlineData("description: The first line\nand one that is not indented", "The first line", 4)]
    [InlineData("description: |\nNot indented: at all\nsecond", "Not indented: at all\nsecond", 5)]
    [InlineData("description: >\n\tindented with\n\ta tab", "indented with a tab\n", 4)]
    [InlineData("description: d\nallowed-tools: *", "d", 4)]
    [InlineData("description: d\nargument-hint: [type] [topic]", "d", 4)]
    [InlineData("description: d\ntags: [a, b", "d", 4)]
    [InlineData("description: d\nmetadata:\n\tcategory: x", "d", 5)]
    [InlineData("description: d\nmetadata:\n  author: @me", "d", 5)]
    [InlineData("description: d\nallowed-tools:\n  - *\n  - Read", "d", 5)]
    [InlineData("description: d\nexamples:\n  - user: a: b", "d", 5)]
    [InlineData("description: d\nhooks: }", "d", 4)]
    [InlineData("description: d\n<<<<<<< HEAD\nversion: 1\n=======\nversion: 2\n>>>>>>> x", "d", 4)]
    [InlineData("description: caf\uFFFD", null, 3)]
    [InlineData("description: a\u0007bell", "abell", 3)]
    [InlineData("description: d\ndescription: twice", "twice", 4)]
    [InlineData("description: d\nx: &a [*b]", "d", 4)]
    [InlineData("description: d\nx: \"\\ud83d\"", "d", 4)]
    public void Values_that_strict_YAML_refuses_are_read_and_their_line_is_named(string lines, string? description, int line)
    {
        foreach (var newLine in new[] { "\n", "\r\n" })
        {
            var text = $"---\nname: x\n{lines}\nlicense: MIT\n---\nBody".ReplaceLineEndings(newLine);
            var read = FrontMatterReader.Read("SKILL.md", text);
            Assert.Equal(("x", description?.Trim(), "MIT"), (read.Name, read.Description, read.License));
            Assert.Equal(line, read.Problems[0].Line);
            Assert.All(read.Problems, problem => Assert.NotEmpty(problem.Hint));
        }
    }

    [Theory]
    [InlineData("---\nname: x\ndescription: never closed\n\n# Body", 1)]
    [InlineData("---\n\n# A title after a horizontal rule\n\ntext", 1)]
    [InlineData("---\n\n# Two rules\n\ntext\n\n---\nmore", 5)]
    [InlineData("---\n- a\n- b\n---\n", 2)]
    [InlineData("---\n{ name: x\n---\n", 2)]
    [InlineData("---\nname: x\uFFFD\n---\n", 2)]
    public void Text_that_cannot_be_read_gives_no_metadata_but_a_warning(string text, int line)
    {
        var read = FrontMatterReader.Read("SKILL.md", text);
        Assert.Empty(read.Values);
        Assert.True(read.IsIncomplete);
        Assert.Equal(line, read.Problems[0].Line);
    }

    [Theory]
    [InlineData("---\r\nname: x\r\ndescription: Windows lines\r\n---\r\nBody", "Windows lines")]
    [InlineData("---\rname: x\rdescription: lines of a Mac\r---\rBody", "lines of a Mac")]
    [InlineData("\uFEFF---\nname: x\ndescription: A mark\n---\n", "A mark")]
    [InlineData("---\nname: x\ndescription: &a text\nother: *a\n---\n", "text")]
    [InlineData("---\n  name: x\n  description: indented\n---\n", "indented")]
    [InlineData("---\n{ name: x, description: flow }\n---\n", "flow")]
    [InlineData("---\nname: x\ndescription: a # comment\n---\n", "a")]
    [InlineData("---\nname: x\ndescription: http://x:80/\n---\n", "http://x:80/")]
    public void Valid_YAML_has_no_problem(string text, string description)
    {
        var read = FrontMatterReader.Read("SKILL.md", text);
        Assert.Equal(("x", description), (read.Name, read.Description));
        Assert.Empty(read.Problems);
    }

    [Theory]
    [InlineData("---\n---\n")]
    [InlineData("---\n# only a comment\n---\n")]
    [InlineData("\n---\nname: x\n---\n")]
    [InlineData("# Title")]
    [InlineData("")]
    public void A_file_without_front_matter_has_no_problem(string text)
    {
        var read = FrontMatterReader.Read("SKILL.md", text);
        Assert.Empty(read.Values);
        Assert.Empty(read.Problems);
    }

    [Theory]
    [InlineData("name: x\ndescription: Use when: asked\n  license: MIT\n", "Use when: asked", 4)]
    [InlineData("name: x\n description: Words\nlicense: MIT\n", "Words", 3)]
    [InlineData("name: x\n\tdescription: Words\n  license: MIT\n", "Words", 3)]
    [InlineData("name: x\ndescription: \"never closed\n  license: MIT\n", "never closed", 4)]
    [InlineData("name: x\ndescription: |\n    Words\n  license: MIT\n", "Words", 5)]
    [InlineData("name: x\ndescription: Words\ntags:\n  - a\n  license: MIT\n", "Words", 6)]
    [InlineData("name: x\ndescription: Words\nmetadata:\n    a: b\n  license: MIT\n", "Words", 6)]
    [InlineData("name: x\ndescription: [WIP] Words\n  license: MIT\n  author: me\n", "[WIP] Words", 4)]
    public void A_key_that_is_indented_by_mistake_is_a_key(string lines, string description, int line)
    {
        foreach (var newLine in new[] { "\n", "\r\n", "\r" })
        {
            var read = FrontMatterReader.Read("SKILL.md", $"---\n{lines}---\nBody".Replace("\n", newLine, StringComparison.Ordinal));
            Assert.Equal(("x", description, "MIT"), (read.Name, read.Description?.Trim(), read.License));
            Assert.False(read.IsIncomplete);
            Assert.Contains(line, read.Problems.Select(problem => problem.Line));
        }
    }

    [Theory]
    [InlineData("description: Use when: asked\n  effort: high")]
    [InlineData("description: Use when: asked\nlicense\uFF1AMIT")]
    [InlineData("description: Use when: asked\n  more: words\nand more")]
    [InlineData("license\uFF1AMIT\ndescription: d\nx: }")]
    public void Lines_that_may_have_been_keys_make_it_incomplete(string lines)
    {
        var read = FrontMatterReader.Read("SKILL.md", $"---\n{lines}\n---\n");
        Assert.True(read.IsIncomplete);
        Assert.NotNull(read.Description);
    }

    [Theory]
    [InlineData("a\u2028b", "a\u2028b")]
    [InlineData("a\u2029b: c", "a\u2029b: c")]
    [InlineData("a\u0085b", "a\u0085b")]
    [InlineData("a\fb: c", "ab: c")]
    [InlineData("|\n  a\u2028b", "a\u2028b")]
    [InlineData("a\u2028license: GPL", "a\u2028license: GPL")]
    public void Only_line_feeds_and_carriage_returns_end_a_line(string value, string description)
    {
        foreach (var newLine in new[] { "\n", "\r\n", "\r" })
        {
            var text = $"---\nname: x\ndescription: {value}\nbroken: [a\nlicense: MIT\ntags: a\u2028b, c\n---\nBody".Replace("\n", newLine, StringComparison.Ordinal);
            var read = FrontMatterReader.Read("SKILL.md", text);
            Assert.Equal(("x", description, "MIT"), (read.Name, read.Description, read.License));
            Assert.Equal(["a\u2028b", "c"], read.Tags!);
            var shift = value.Contains('\n', StringComparison.Ordinal) ? 1 : 0;
            Assert.Equal([3 + shift, 4 + shift, 6 + shift], read.Problems.Select(problem => problem.Line));
        }
    }

    [Fact]
    public void Lines_may_end_in_different_ways()
    {
        var read = FrontMatterReader.Read("SKILL.md", "---\rname: x\r\ndescription: a: b\rlicense: MIT\n---\rBody\nmore");
        Assert.Equal(("x", "a: b", "MIT"), (read.Name, read.Description, read.License));
        Assert.Equal(3, Assert.Single(read.Problems).Line);
    }

    [Fact]
    public void Only_the_lines_that_need_it_change()
    {
        var (known, all) = FrontMatterReader.ReadBoth("x.md", "---\nname: x\ndescription: Use for: x, y: z\ntags: [a, b]\nversion: 1.10\nbroken: [a, b\n---\n");
        Assert.Equal(["a", "b"], known.Tags!);
        Assert.Equal("1.10", all["version"].Text);
        Assert.Equal("[a, b", all["broken"].Text);
        Assert.Equal([3, 6], known.Problems.Select(problem => problem.Line));
        Assert.Equal("SKILL.md line 3: the value of 'description' contains a colon followed by a space. Put the value in quotes.", known.Problems[0].Describe("SKILL.md"));
    }

    [Fact]
    public void A_nested_mapping_that_is_indented_with_tabs_is_read()
    {
        var read = FrontMatterReader.Read("x.md", "---\nname: tab\ndescription:\tA tab after the colon\nmetadata:\n\tcategory: x\n---\n");
        Assert.Equal(("A tab after the colon", "x"), (read.Description, read.Category));
        Assert.Equal("Use spaces instead of tabs", read.Problems[^1].Hint);
    }

    [Fact]
    public void Front_matter_of_any_length_is_answered()
    {
        var read = FrontMatterReader.Read("x.md", $"---\nname: x\ndescription: {new string('a', 300 * 1024)}\n---\n");
        Assert.Empty(read.Values);
        Assert.Equal("front-matter-too-long", Assert.Single(read.Problems).Code);
    }

    [Fact]
    public void A_key_that_is_nested_too_deeply_is_left_out()
    {
        var read = FrontMatterReader.Read("x.md", $"---\nname: x\na:\n  - {new string('[', 100)}{new string(']', 100)}\n---\n");
        Assert.Equal("x", read.Name);
        Assert.Equal(3, Assert.Single(read.Problems).Line);
    }

    [Theory]
    [InlineData("a: {")]
    [InlineData("a: b: c")]
    public void Other_files_must_be_valid(string text) => Assert.Throws<FrontMatterException>(() => FrontMatterReader.Read("WORKFLOW.yaml", text));
}
