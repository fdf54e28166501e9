using SkillMeat.Toml;
using Xunit;
using static SkillMeat.Tests.Toml.TomlText;

namespace SkillMeat.Tests.Toml;

public sealed class TomlSetTests
{
    [Theory]
    [InlineData("a = 1 # one\nb = 2\n", "a = \"x\" # one\nb = 2\n")]
    [InlineData("  a\t=  'old'\t# one\r\n# two\r\n", "  a\t=  \"x\"\t# one\r\n# two\r\n")]
    [InlineData("\ufeffa = {b = [\n1]}", "\ufeffa = \"x\"")]
    [InlineData("a = \"\"\"\nlong\n\"\"\"\n\n[b]\n", "a = \"x\"\n\n[b]\n")]
    [InlineData("", "a = \"x\"\n")]
    [InlineData("\ufeff", "\ufeffa = \"x\"\n")]
    [InlineData("b = 1", "b = 1\na = \"x\"\n")]
    [InlineData("b = 1\r\nc = 2", "b = 1\r\nc = 2\r\na = \"x\"\r\n")]
    [InlineData("b = 1\n\n# about c\n[c]\n", "b = 1\na = \"x\"\n\n# about c\n[c]\n")]
    [InlineData("# the file\n\n# about c\n[c]\n", "# the file\n\na = \"x\"\n\n# about c\n[c]\n")]
    [InlineData("# about c\n[c]\n", "a = \"x\"\n\n# about c\n[c]\n")]
    [InlineData("\n[c]\n", "a = \"x\"\n\n[c]\n")]
    [InlineData("# nothing else", "# nothing else\na = \"x\"\n")]
    [InlineData("  b = 1\n  # c = 2\n", "  b = 1\n  a = \"x\"\n  # c = 2\n")]
    public void A_string_is_set_in_the_root(string text, string expected) => Assert.Equal(expected, Edited(text, root => root.Set("a", TomlValue.Of("x"))));

    [Theory]
    [InlineData("[t]\nb = 1 # c\n\n# about u\n[u]\n", "[t]\nb = 1 # c\na = 1\n\n# about u\n[u]\n")]
    [InlineData("[t]\n\n[t.u]\n", "[t]\na = 1\n\n[t.u]\n")]
    [InlineData("[t] # c", "[t] # c\na = 1\n")]
    [InlineData("[x]\n\n# about\n[t.u]\nb = 1\n", "[x]\n\n[t]\na = 1\n\n# about\n[t.u]\nb = 1\n")]
    [InlineData("[t.u]\n", "[t]\na = 1\n\n[t.u]\n")]
    [InlineData("t.b.c = 1 # c\nz = 2\n", "t.b.c = 1 # c\nt.a = 1\nz = 2\n")]
    [InlineData("[\"a b\"]\n[t]\nb.\"c d\" = 2\n\n[z]\n", "[\"a b\"]\n[t]\nb.\"c d\" = 2\na = 1\n\n[z]\n")]
    [InlineData("t = {} # c\n", "t = { a = 1 } # c\n")]
    [InlineData("t = { b = 1 }", "t = { b = 1, a = 1 }")]
    [InlineData("t = {b = 1}", "t = {b = 1, a = 1}")]
    [InlineData("t = {a = 0 , b = 1}", "t = {a = 1 , b = 1}")]
    [InlineData("t = {a.b = 0}", "t = { a = 1 }")]
    public void An_integer_is_set_in_a_table(string text, string expected) => Assert.Equal(expected, Edited(text, root => root.Find("t")!.AsTable().Set("a", TomlValue.Of(1))));

    [Fact]
    public void Values_are_spelled_as_Pythons_writer_spells_them()
    {
        var text = Edited("", root =>
        {
            root.Set("s", TomlValue.Of("a\"\\\b\n\f\r\t\0\x7f é😀"));
            root.Set("i", TomlValue.Of(-5));
            root.Set("f", TomlValue.Of(2.0));
            root.Set("g", TomlValue.Of(1e300));
            root.Set("n", TomlValue.Of(double.NaN));
            root.Set("m", TomlValue.Of(double.NegativeInfinity));
            root.Set("b", TomlValue.Of(true));
            root.Set("e", TomlValue.Of(Array.Empty<string>()));
            root.Set("l", TomlValue.Of(["x", "y"]));
            root.Set("r", TomlValue.Of([TomlValue.Of([TomlValue.Of(1), TomlValue.Of(2)]), TomlValue.Of(new Dictionary<string, TomlValue> { ["k"] = TomlValue.Of(["z"]) })]));
            root.Set("", TomlValue.Of(1));
            root.Set("a b.c", TomlValue.Of(1));
        });
        Assert.Equal(
            "s = \"a\\\"\\\\\\b\\n\\f\\r\t\\u0000\\u007f é😀\"\ni = -5\nf = 2.0\ng = 1e+300\nn = nan\nm = -inf\nb = true\ne = []\n"
            + "l = [\n    \"x\",\n    \"y\",\n]\nr = [\n    [\n        1,\n        2,\n    ],\n    { k = [\"z\"] },\n]\n\"\" = 1\n\"a b.c\" = 1\n",
            text);
    }

    [Theory]
    [InlineData("a = ['x'] # c\n", "a = [\"y\", \"z\"] # c\n")]
    [InlineData("a = [\n  'x', # one\n]\n", "a = [\n    \"y\",\n    \"z\",\n   # one\n]\n")]
    [InlineData("  a = [\r\n  'x']\r\n", "  a = [\r\n      \"y\",\r\n      \"z\",\r\n  ]\r\n")]
    [InlineData("a = 1\n", "a = [\n    \"y\",\n    \"z\",\n]\n")]
    [InlineData("b = 1\r\n", "b = 1\r\na = [\r\n    \"y\",\r\n    \"z\",\r\n]\r\n")]
    public void An_array_keeps_its_shape(string text, string expected) => Assert.Equal(expected, Edited(text, root => root.Set("a", TomlValue.Of(["y", "z"]))));

    [Theory]
    [InlineData("a = 'x' # literal")]
    [InlineData("a = \"\"\"x\"\"\"")]
    [InlineData("a = \"\\u0078\"")]
    public void The_same_value_keeps_its_bytes(string text)
    {
        var document = Parse(text);
        document.Root.Set("a", TomlValue.Of("x"));
        Assert.False(document.IsChanged);
        Assert.Equal(text, Edited(text, root => root.Set("a", TomlValue.Of("x"))));
    }

    [Fact]
    public void The_same_array_number_and_table_keep_their_bytes()
    {
        var document = Parse("a = [ 'x', # c\n 'y' ]\ni = 0x10\nf = 1_0.0\nn = -nan\nt.k = 1\nd = 2000-01-01\n");
        document.Root.Set("a", TomlValue.Of(["x", "y"]));
        document.Root.Set("i", TomlValue.Of(16));
        document.Root.Set("f", TomlValue.Of(10.0));
        document.Root.Set("n", TomlValue.Of(double.NaN));
        document.Root.Set("t", TomlValue.Of(new Dictionary<string, TomlValue> { ["k"] = TomlValue.Of(1) }));
        document.Root.Set("d", document.Root.Find("d")!);
        Assert.False(document.IsChanged);
        document.Root.Set("i", TomlValue.Of(16.0));
        Assert.True(document.IsChanged);
    }

    [Fact]
    public void Tables_are_written_under_headers_where_the_parent_is()
    {
        var value = TomlValue.Of(new Dictionary<string, TomlValue>
        {
            ["sub"] = TomlValue.Of(new Dictionary<string, TomlValue> { ["x"] = TomlValue.Of(1) }),
            ["list"] = TomlValue.Of([TomlValue.Of(new Dictionary<string, TomlValue> { ["y"] = TomlValue.Of(2) })]),
            ["plain"] = TomlValue.Of("z"),
        });
        Assert.Equal("[a]\nplain = \"z\"\n\n[a.sub]\nx = 1\n\n[[a.list]]\ny = 2\n", Edited("", root => root.Set("a", value)));
        Assert.Equal("d.e = 1\nd.a = { plain = \"z\", sub = { x = 1 }, list = [{ y = 2 }] }\n", Edited("d.e = 1\n", root => root.Find("d")!.AsTable().Set("a", value)));
        Assert.Equal("a = { plain = \"z\", sub = { x = 1 }, list = [{ y = 2 }] } # c\n", Edited("a = 1 # c\n", root => root.Set("a", value)));
    }

    [Fact]
    public void A_value_of_another_document_is_copied_with_its_spelling()
    {
        var source = Parse("a = [0x1F, 1e1_0, 1979-05-27 07:32:00Z, 'x']\n[t]\nb = 1").Root;
        var text = Edited("", root =>
        {
            root.Set("a", source.Find("a")!);
            root.Set("t", source.Find("t")!);
        });
        Assert.Equal("a = [\n    0x1F,\n    1e1_0,\n    1979-05-27 07:32:00Z,\n    \"x\",\n]\n\n[t]\nb = 1\n", text);
    }

    [Fact]
    public void A_table_can_be_put_into_itself()
    {
        var expected = "[t]\na = 1\n\n[t.t]\na = 1\n\n[[t.l]]\na = 1\n\n[t.l.t]\na = 1\n";
        Assert.Equal(expected, Edited("[t]\na = 1\n", root =>
        {
            var table = root.Find("t")!.AsTable();
            table.Set("t", TomlValue.Of(table));
            table.Set("l", TomlValue.Of([TomlValue.Of(table)]));
        }));
    }

    [Fact]
    public void A_scalar_replaces_a_table_and_all_below_it()
    {
        var text = Edited("[x]\n\n# a\n[a.b]\n[[a.c]]\nd = 1\n\n[y]\n", root => root.Set("a", TomlValue.Of(1)));
        Assert.Equal("a = 1\n\n[x]\n\n[y]\n", text);
    }

    [Fact]
    public void Edits_see_each_other_and_handles_stay_valid()
    {
        var document = Parse("[[a]]\nn = 1 # c\n\n[a.m]\nx = 1\n\n[[a]]\nn = 2\n");
        var (first, second) = (document.Root.Array("a")[0], document.Root.Array("a")[1]);
        var old = first.Find("n")!;
        first.Set("n", TomlValue.Of("long and longer"));
        first.Set("n", TomlValue.Of(7));
        first.Set("o", TomlValue.Of(8));
        first.Find("m")!.AsTable().Set("x", TomlValue.Of(2));
        second.Set("n", TomlValue.Of(9));
        document.Root.Array("a").RemoveAt(0);
        second.Set("p", TomlValue.Of(10));
        Assert.Equal(1, old.AsInteger());
        Assert.Equal(7, first.Find("n")!.AsInteger());
        Assert.Equal(10, second.Find("p")!.AsInteger());
        Assert.Throws<InvalidOperationException>(() => first.Set("n", TomlValue.Of(1)));
        Assert.Throws<InvalidOperationException>(() => first.Find("m")!.AsTable().Set("n", TomlValue.Of(1)));
        Assert.Equal("[[a]]\nn = 9\np = 10\n"u8.ToArray(), document.ToBytes());
    }

    [Fact]
    public void Thousands_of_edits_take_no_more_than_moments()
    {
        var document = Parse(string.Concat(Enumerable.Range(0, 5000).Select(i => $"[[a]]\nname = \"n{i}\"\n\n[a.m.extra]\nx = 1\n\n")));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var element in document.Root.Array("a"))
        {
            element.Set("name", TomlValue.Of("new"));
            element.Find("m")!.AsTable().Set("title", TomlValue.Of("t"));
        }

        var reread = TomlDocument.Parse(document.ToBytes(), "file.toml").Root.Array("a");
        Assert.All(reread, element => Assert.Equal("t", element.Find("m")!.AsTable().Find("title")!.AsString()));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }
}
