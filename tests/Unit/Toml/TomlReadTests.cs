using SkillMeat.Toml;
using Xunit;

namespace SkillMeat.Tests.Toml;

public sealed class TomlReadTests
{
    [Fact]
    public void Values_are_decoded()
    {
        var root = TomlText.Parse("""
            text = "a\tb\u00e9\U0001F600\\"
            literal = 'a\tb'
            number = -1_000
            """ + "\nhex = 0xDEAD_beef\nmax = 9223372036854775807\nmin = -9223372036854775808\nfloat = 6.02e2_3\nnan = -nan\ninf = -inf\nyes = true\nday = 2024-02-29\nleap = 1990-12-31T23:59:60Z\n").Root;
        Assert.Equal("a\tbé😀\\", root.Find("text")!.AsString());
        Assert.Equal("a\\tb", root.Find("literal")!.AsString());
        Assert.Equal(-1000, root.Find("number")!.AsInteger());
        Assert.Equal(0xDEADBEEF, root.Find("hex")!.AsInteger());
        Assert.Equal(long.MaxValue, root.Find("max")!.AsInteger());
        Assert.Equal(long.MinValue, root.Find("min")!.AsInteger());
        Assert.Equal(6.02e23, root.Find("float")!.AsFloat());
        Assert.True(double.IsNaN(root.Find("nan")!.AsFloat()));
        Assert.Equal(double.NegativeInfinity, root.Find("inf")!.AsFloat());
        Assert.True(root.Find("yes")!.AsBoolean());
        Assert.Equal((TomlValueKind.LocalDate, "2024-02-29"), (root.Find("day")!.Kind, root.Find("day")!.AsDateText()));
        Assert.Equal(TomlValueKind.OffsetDateTime, root.Find("leap")!.Kind);
    }

    [Fact]
    public void A_string_over_several_lines_does_not_depend_on_line_endings()
    {
        const string Text = "a = \"\"\"\n  x\n\\\n\n   y \\   \n z\"\"\"\"\"\nb = '''\n'x''\n'''''\n";
        foreach (var text in new[] { Text, Text.Replace("\n", "\r\n", StringComparison.Ordinal) })
        {
            var root = TomlText.Parse(text).Root;
            Assert.Equal("  x\ny z\"\"", root.Find("a")!.AsString());
            Assert.Equal("'x''\n''", root.Find("b")!.AsString());
        }
    }

    [Fact]
    public void Positions_are_those_of_the_file_that_was_read()
    {
        var document = TomlText.Parse("# c\n\"é\" = 1\n[a.b]\n  x.y = [ 1,\n 2]\n  [[c]]\nd = [{}, {}]\n");
        var root = document.Root;
        var b = root.Find("a")!.AsTable().Find("b")!.AsTable();
        Assert.Equal(new TomlPosition(2, 7), root.Find("é")!.Position);
        Assert.Equal(new TomlPosition(3, 1), b.Position);
        Assert.Equal(new TomlPosition(3, 1), root.Find("a")!.Position);
        Assert.Equal(new TomlPosition(4, 3), b.Find("x")!.Position);
        Assert.Equal(new TomlPosition(5, 2), b.Find("x")!.AsTable().Find("y")!.AsArray()[1].Position);
        Assert.Equal(new TomlPosition(6, 3), root.Find("c")!.Position);
        Assert.Equal(new TomlPosition(7, 10), root.Array("c")[0].Array("d")[1].Position);
        Assert.Equal(new TomlPosition(1, 1), root.Position);

        root.Set("new", TomlValue.Of(1));
        root.GetOrAddTable("a").Set("x", TomlValue.Of(1));
        Assert.Equal(TomlPosition.None, root.Find("new")!.Position);
        Assert.Equal(new TomlPosition(2, 7), root.Find("é")!.Position);
    }

    [Fact]
    public void Keys_come_in_the_order_of_the_document()
    {
        var root = TomlText.Parse("b = 1\na.x = 1\n[d]\n[c.e]\n[[f]]").Root;
        Assert.Equal(["b", "a", "d", "c", "f"], root.Keys);
        root.Set("z", TomlValue.Of(1));
        Assert.Equal(["b", "a", "z", "d", "c", "f"], root.Keys);
        Assert.Equal(6, root.Count);
    }

    [Fact]
    public void A_table_of_many_keys_finds_each()
    {
        var root = TomlText.Parse(string.Concat(Enumerable.Range(0, 3000).Select(i => $"key{i} = {i}\n"))).Root;
        Assert.All(Enumerable.Range(0, 3000), i => Assert.Equal(i, root.Find($"key{i}")!.AsInteger()));
        Assert.False(root.TryGet("key3000", out _));
        Assert.Null(root.Find(new string('k', 1000)));
    }

    [Fact]
    public void Inline_arrays_of_tables_are_read_like_those_under_headers()
    {
        foreach (var text in new[] { "a = [{n = 1}, {n = 2}]", "[[a]]\nn = 1\n[[a]]\nn = 2" })
        {
            var root = TomlText.Parse(text).Root;
            Assert.Equal([1, 2], root.Array("a").Select(t => t.Find("n")!.AsInteger()));
            Assert.Equal([1, 2], root.Find("a")!.AsArray().Select(t => t.AsTable().Find("n")!.AsInteger()));
        }

        Assert.Empty(TomlText.Parse("a = []").Root.Array("a"));
        Assert.Empty(TomlText.Parse("").Root.Array("a"));
    }

    [Fact]
    public void Tables_among_other_values_can_be_read_but_not_changed()
    {
        var root = TomlText.Parse("a = [1, {b = [[{c = 2}]]}]").Root;
        var table = root.Find("a")!.AsArray()[1].AsTable();
        var inner = table.Find("b")!.AsArray()[0].AsArray()[0].AsTable();
        Assert.Equal(2, inner.Find("c")!.AsInteger());
        Assert.Throws<InvalidOperationException>(() => table.Set("x", TomlValue.Of(1)));
        Assert.Throws<InvalidOperationException>(() => inner.Remove("c"));
        Assert.False(root.Document.IsChanged);
    }

    [Fact]
    public async Task A_document_can_be_read_by_several_threads()
    {
        var text = string.Concat(Enumerable.Range(0, 500).Select(i => $"[[a]]\nn{i} = \"v{i}\"\ntags = [\"x\", {{ y = {i} }}]\n"));
        var root = TomlText.Parse(text).Root;
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ModelTable.Of(root).Show(false) + root.Array("none").Count, TestContext.Current.CancellationToken));
        Assert.Single((await Task.WhenAll(readers)).Distinct());
    }
}
