using SkillMeat.Errors;
using SkillMeat.Projects.Json;
using Xunit;

namespace SkillMeat.Tests.Projects;

public sealed class JsonEditorTests
{
    public static TheoryData<string> Texts => new()
    {
        "{}", "{}\n", "{\n}\n", "{\n  \"a\": 1\n}\n", "{\n\t\"a\": 1\n}", "{\r\n    \"a\": 1,\r\n    \"b\": [1, 2]\r\n}\r\n", "{\"a\":1}", "{ \"a\": 1 }", "{\n  \"a\": 1, // one\n  \"b\": 2 // two\n}\n",
        "{\n  // only a comment\n}\n", "{\n  \"a\": 1,\n}\n", "{\n  \"a\": 1 /* one */\n}\n", "// head\n{\n  \"a\": {\n    \"x\": \"}\"\n  }\n}\n// tail\n", "{\n  \"a\": 1\n  // before the end\n}\n",
        "{\n  \"a\": \"\\\"quoted\\\" \\u00e9 // no comment\"\n}\n", "{ \"a\": 1,\n  \"b\": 2 }", "{\n  \"a\": 1,\n\n  \"b\": 2\n\n}\n",
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_value_that_is_added_and_removed_leaves_the_text_as_it_was(string text)
    {
        var before = JsonText.Parse(text, "f");
        var names = before.Root.Items.Select(item => item.Name).ToList();

        var added = JsonEditor.Add(before, before.Root, (unit, newLine, indent) => $"\"new\": {{{newLine}{indent}{unit}\"x\": 1{newLine}{indent}}}");

        var after = JsonText.Parse(added, "f");
        Assert.Equal([.. names, "new"], after.Root.Items.Select(item => item.Name));
        Assert.DoesNotContain("\n", added.Replace("\r\n", "", StringComparison.Ordinal).Replace(text.Contains('\r') ? "\0" : "\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        // An empty object has no line of its own to come back to.
        var expected = text.Replace("{\n}", "{}", StringComparison.Ordinal);
        Assert.Equal(expected, JsonEditor.Remove(after, after.Root, after.Root.Find("new")!));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Removing_any_member_leaves_the_others(string text)
    {
        var json = JsonText.Parse(text, "f");
        foreach (var item in json.Root.Items)
        {
            var rest = JsonText.Parse(JsonEditor.Remove(json, json.Root, item), "f");
            Assert.Equal(json.Root.Items.Where(other => other != item).Select(other => (other.Name, json.Text[other.Value.Start..other.End])), rest.Root.Items.Select(other => (other.Name, rest.Text[other.Value.Start..other.End])));
        }
    }

    [Fact]
    public void Comments_and_places_stay()
    {
        const string Text = "{\n  // servers\n  \"mcpServers\": {\n    \"mine\": { \"command\": \"a\" } // by hand\n  }\n}\n";
        var json = JsonText.Parse(Text, "f");

        var added = JsonEditor.Add(json, json.Root.Find("mcpServers")!.Value, (_, _, _) => "\"ours\": { \"command\": \"b\" }");

        Assert.Equal("{\n  // servers\n  \"mcpServers\": {\n    \"mine\": { \"command\": \"a\" }, // by hand\n    \"ours\": { \"command\": \"b\" }\n  }\n}\n", added);
        var after = JsonText.Parse(added, "f");
        var servers = after.Root.Find("mcpServers")!.Value;
        Assert.Equal(Text, JsonEditor.Remove(after, servers, servers.Find("ours")!));
    }

    [Theory]
    [InlineData("{\n  \"a\": ,\n}", 2, 8)]
    [InlineData("{ \"a\" 1 }", 1, 7)]
    [InlineData("{ \"a\": 1 ", 1, 10)]
    [InlineData("{} {}", 1, 4)]
    [InlineData("{ \"a\": tru }", 1, 8)]
    [InlineData("{ \"a\": \"x\ny\" }", 1, 10)]
    [InlineData("{ /* no end }", 1, 3)]
    [InlineData("", 1, 1)]
    public void Invalid_JSON_is_an_error_with_its_position(string text, int line, int column)
    {
        var error = Assert.Throws<DataFileException>(() => JsonText.Parse(text, "f"));

        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Fact]
    public void A_text_that_is_nested_without_end_is_an_error_and_no_crash() =>
        Assert.Throws<DataFileException>(() => JsonText.Parse(string.Concat(Enumerable.Repeat("[", 100_000)), "f"));

    [Fact]
    public void Equal_values_have_one_form()
    {
        var one = JsonText.Parse("{ \"b\": [1, 2.50, \"\\u00e9\"], \"a\": { } }", "f");
        var other = JsonText.Parse("{\n\"a\": {}, // comment\n\"b\": [1,2.50,\"é\",],}", "f");

        Assert.Equal(one.Normalize(one.Root), other.Normalize(other.Root));
    }
}
