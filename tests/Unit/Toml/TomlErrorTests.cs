using System.Text;
using SkillMeat.Errors;
using SkillMeat.Toml;
using Xunit;

namespace SkillMeat.Tests.Toml;

public sealed class TomlErrorTests
{
    [Theory]
    [InlineData("a = \"x", 1, 5, "the string is not closed")]
    [InlineData("a = \"x\nb = 1", 1, 5, "the string is not closed")]
    [InlineData("a = 1\nb = '''x\n\n", 2, 5, "the string is not closed")]
    [InlineData("name = 1\n\n\nname = 2", 4, 1, "key 'name' is defined twice (first on line 1)")]
    [InlineData("\r\n\r\nname = 1\r\nx = 1\r\n  name = 2", 5, 3, "key 'name' is defined twice (first on line 3)")]
    [InlineData("[a.b]\n[x]\n[a.b]", 3, 4, "table 'b' is defined twice (first on line 1)")]
    [InlineData("a = {b = 1, b = 2}", 1, 13, "key 'b' is defined twice (first on line 1)")]
    [InlineData("a = {}\n[a.b]", 2, 2, "table 'a' is complete and can't be extended here (defined on line 1)")]
    [InlineData("a = 1\na.b = 2", 2, 1, "key 'a' is complete and can't be extended here (defined on line 1)")]
    [InlineData("é = 1\n", 1, 1, "'é' can't stand in a key without quotes")]
    [InlineData("a = \"é😀\" x", 1, 10, "'x' is not expected here; only a comment may follow on this line")]
    [InlineData("\ufeffa = ", 1, 5, "a value is missing")]
    [InlineData("a = yes", 1, 5, "this is not a value; text must be in quotes")]
    [InlineData("a 1", 1, 3, "'=' is expected after the key 'a', not '1'")]
    [InlineData("a = [1, 2\n", 1, 5, "the array is not closed")]
    [InlineData("a = [1 2]\n", 1, 8, "',' or ']' is expected, not '2'")]
    [InlineData("a = { b = 1\n}", 1, 5, "the inline table is not closed on its line")]
    [InlineData("a = { b = 1, }", 1, 14, "an inline table can't end with a comma")]
    [InlineData("[a\n", 1, 1, "the header is not closed by ']'")]
    [InlineData("[[a]\n", 1, 1, "the header is not closed by ']]'")]
    [InlineData("a = 2023-02-29", 1, 5, "month 2 of 2023 has no day 29")]
    [InlineData("a = 2024-13-01", 1, 5, "there is no month 13")]
    [InlineData("a = 25:00:00", 1, 5, "there is no such time of day")]
    [InlineData("a = 9223372036854775808", 1, 5, "the integer does not fit in 64 bits")]
    [InlineData("a = -9223372036854775809", 1, 5, "the integer does not fit in 64 bits")]
    [InlineData("a = 0x8000000000000000", 1, 5, "the integer does not fit in 64 bits")]
    [InlineData("a = 012", 1, 5, "a number must not start with a zero")]
    [InlineData("a = \"\\q\"", 1, 6, "'\\q' is not an escape; a backslash itself is written '\\\\'")]
    [InlineData("a = \"\\uD800\"", 1, 6, "U+D800 is not a character")]
    [InlineData("a = 1\rb = 2", 1, 6, "a carriage return without a line feed is not allowed")]
    [InlineData("a = 1 # x\u0001y", 1, 10, "the control character U+0001 is not allowed; in a string it is written '\\u0001'")]
    public void An_error_names_its_place_and_the_problem(string text, int line, int column, string problem)
    {
        var error = Assert.Throws<DataFileException>(() => TomlText.Parse(text));
        Assert.Equal((ErrorIds.InvalidToml, line, column, problem), (error.ErrorId, error.Line, error.Column, error.Problem));
        Assert.Equal("file.toml", error.Path);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF }, "0xFF")]
    [InlineData(new byte[] { 0xC0, 0xAF }, "0xC0")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "0xED")]
    [InlineData(new byte[] { 0xE2, 0x82 }, "0xE2")]
    public void Bytes_that_are_not_Utf8_are_named(byte[] bad, string shown)
    {
        var error = Assert.Throws<DataFileException>(() => TomlDocument.Parse([.. "a = 1\nb = \""u8, .. bad, .. "\""u8], "file.toml"));
        Assert.Equal((2, 6, $"not UTF-8: byte {shown}"), (error.Line, error.Column, error.Problem));
    }

    [Theory]
    [InlineData("a = ", "[", "")]
    [InlineData("a = ", "{b = ", "")]
    [InlineData("a = ", "[{b = [", "")]
    [InlineData("a = ", "[1, {b = [", "")]
    [InlineData("", "a.", "b = 1")]
    [InlineData("[", "a.", "b]")]
    [InlineData("[[", "a.", "b]]")]
    [InlineData("a = {", "a.", "b = 1}")]
    public void Nesting_without_end_is_refused_and_does_not_exhaust_the_stack(string before, string level, string after)
    {
        var text = before + string.Concat(Enumerable.Repeat(level, 10_000)) + after;
        var error = Assert.Throws<DataFileException>(() => TomlText.Parse(text));
        Assert.Equal("nested more than 256 levels deep", error.Problem);
    }

    [Fact]
    public void The_deepest_nesting_can_be_read_on_a_small_stack()
    {
        var text = "a = " + string.Concat(Enumerable.Repeat("[{b = [1, ", 85)) + "1" + string.Concat(Enumerable.Repeat("]}]", 85));
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(() => Assert.Equal(255, TomlText.Parse(text).Root.Find("a")!.Depth)), 512 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(error);
    }

    [Fact]
    public void A_value_of_another_type_is_an_error_at_its_place()
    {
        var root = TomlText.Parse("[x]\ntags = \"a\"\nlist = [1]\ntable = {}").Root.Find("x")!.AsTable();
        var error = Assert.Throws<DataFileException>(() => root.Find("tags")!.AsArray());
        Assert.Equal((ErrorIds.InvalidData, "file.toml:2:8: 'tags' must be an array, not a string"), (error.ErrorId, error.Message));
        Assert.Equal("'list' must be an array of tables, not an array", Assert.Throws<DataFileException>(() => root.Array("list")).Problem);
        Assert.Equal("'tags' must be a table, not a string", Assert.Throws<DataFileException>(() => root.GetOrAddTable("tags")).Problem);
        Assert.Equal("'table' must be a date or time, not a table", Assert.Throws<DataFileException>(() => root.Find("table")!.AsDateText()).Problem);
        Assert.Throws<InvalidOperationException>(() => TomlValue.Of(1).AsString());
    }

    [Fact]
    public void Text_that_has_no_Utf8_form_is_not_written()
    {
        var root = TomlDocument.Empty("file.toml").Root;
        Assert.Throws<ArgumentException>(() => TomlValue.Of("\ud800"));
        Assert.Throws<ArgumentException>(() => root.Set("\ud800", TomlValue.Of(1)));
        Assert.Null(root.Find("\ud800"));
        Assert.False(root.Document.IsChanged);
    }

    [Fact]
    public void A_value_nested_too_deeply_is_not_written()
    {
        var value = TomlValue.Of(1);
        for (var i = 0; i < 5000; i++) value = TomlValue.Of([value]);
        var document = TomlText.Parse("[a]\n");
        Assert.Throws<ArgumentException>(() => document.Root.Set("x", value));
        var table = document.Root;
        for (var i = 0; i < TomlDocument.MaxDepth; i++) table = table.GetOrAddTable("t");
        Assert.Throws<ArgumentException>(() => table.GetOrAddTable("t"));
        Assert.Throws<ArgumentException>(() => table.GetOrAddArray("t").Add());
        table.Set("x", TomlValue.Of(1));
        Assert.Throws<ArgumentException>(() => table.Set("y", TomlValue.Of(["1"])));
        Assert.Equal(document.ToBytes(), TomlDocument.Parse(document.ToBytes(), "file.toml").ToBytes());
    }

    [Fact]
    public void A_file_without_content_is_an_empty_document()
    {
        Assert.Empty(TomlDocument.Empty("file.toml").ToBytes());
        Assert.Equal(0, TomlDocument.Parse(Encoding.UTF8.GetPreamble(), "file.toml").Root.Count);
    }
}
