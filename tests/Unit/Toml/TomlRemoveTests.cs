using SkillMeat.Toml;
using Xunit;
using static SkillMeat.Tests.Toml.TomlText;

namespace SkillMeat.Tests.Toml;

public sealed class TomlRemoveTests
{
    [Theory]
    [InlineData("a = 1 # c\nb = 2\n", "b = 2\n")]
    [InlineData("# above\r\na = [\r\n1]\r\n\r\nb = 2\r\n", "# above\r\n\r\nb = 2\r\n")]
    [InlineData("b = 2\na = 1", "b = 2\n")]
    [InlineData("\ufeffa = 1", "\ufeff")]
    [InlineData("a.b.c = 1\nb = 2\na.d = 3\n", "b = 2\n")]
    [InlineData("[x]\ny = 1\n\n# about a\n[a] # c\nb = 1\n\n[a.d.c]\n\n[z]\n", "[x]\ny = 1\n\n[z]\n")]
    [InlineData("[x]\n# y = 1\n\n# standing free\n\n# about a\n[a]\n\n[z]\n", "[x]\n# y = 1\n\n# standing free\n\n[z]\n")]
    [InlineData("[a]\nb = 1\n# c = 2\n\n# about z\n[z]\n", "# about z\n[z]\n")]
    [InlineData("[a]\nb = 1\n\n# the end\n", "\n# the end\n")]
    [InlineData("[a.x]\n\n[z]\n\n[a.y]\nk = 1\n\n[w]\n", "[z]\n\n[w]\n")]
    [InlineData("[[a]]\n[a.b]\n[[a]]\n[z]\n", "[z]\n")]
    [InlineData("[a]\nb.c = 1\n[a.b.d]\ne = 1\n", "")]
    public void A_key_of_the_root_is_removed(string text, string expected)
    {
        Assert.Equal(expected, Edited(text, root => Assert.True(root.Remove("a"))));
        Assert.Equal(text, Edited(text, root => Assert.False(root.Remove("none"))));
    }

    [Theory]
    [InlineData("t = {a = 1, b = 2}", "t = {b = 2}")]
    [InlineData("t = { b = 2, a = 1 }", "t = { b = 2 }")]
    [InlineData("t = { a = 1 }", "t = { }")]
    [InlineData("t = { a.x = 1, b = 2, a.y = 3 } # c", "t = { b = 2 } # c")]
    [InlineData("t.a = 1\nt.b = 2\n", "t.b = 2\n")]
    [InlineData("[x]\n\n[t.a]\nb = 1\n\n[y]\n", "[x]\n\n[t]\n\n[y]\n")]
    [InlineData("x = 1\nt.a = 1 # c\ny = 2\n", "x = 1\nt = {}\ny = 2\n")]
    [InlineData("t.a.b = 1\nt.a.c = 1\n", "t = {}\n")]
    public void Removing_the_last_key_leaves_an_empty_table(string text, string expected)
    {
        var edited = Edited(text, root => Assert.True(root.Find("t")!.AsTable().Remove("a")));
        Assert.Equal(expected, edited);
        Assert.NotNull(Parse(edited).Root.Find("t"));
    }

    [Fact]
    public void A_key_that_is_removed_can_be_set_again()
    {
        Assert.Equal("t = { a = 2 }\n", Edited("t.a = 1\n", root =>
        {
            var table = root.Find("t")!.AsTable();
            table.Remove("a");
            table.Set("a", TomlValue.Of(2));
        }));
        Assert.Equal("s.t.b = 2\ns.x = 1\n", Edited("s.t.a = 1\ns.x = 1\n", root =>
        {
            var table = root.Find("s")!.AsTable().Find("t")!.AsTable();
            table.Remove("a");
            table.Set("b", TomlValue.Of(2));
        }));
    }

    [Fact]
    public void A_dotted_table_that_keeps_only_a_header_below_it_can_be_extended()
    {
        var text = Edited("[t]\na.x = 1\n\n[t.a.y]\nz = 1\n", root =>
        {
            var a = root.Find("t")!.AsTable().Find("a")!.AsTable();
            a.Remove("x");
            a.Set("w", TomlValue.Of(2));
        });
        Assert.Equal("[t]\n\n[t.a]\nw = 2\n\n[t.a.y]\nz = 1\n", text);
    }

    [Theory]
    [InlineData(0, "[x]\n\n# free\n\n# 1\n[[a]]\nn = 1\n\n[[a]]\nn = 2\n# end\n")]
    [InlineData(1, "[x]\n\n# free\n\n# 0\n[[a]]\nn = 0\n# m = 0\n\n[a.s]\n\n[[a]]\nn = 2\n# end\n")]
    [InlineData(2, "[x]\n\n# free\n\n# 0\n[[a]]\nn = 0\n# m = 0\n\n[a.s]\n\n# 1\n[[a]]\nn = 1\n# end\n")]
    public void An_element_goes_with_its_sub_tables_and_comments(int index, string expected)
    {
        const string Text = "[x]\n\n# free\n\n# 0\n[[a]]\nn = 0\n# m = 0\n\n[a.s]\n\n# 1\n[[a]]\nn = 1\n\n[[a]]\nn = 2\n# end\n";
        Assert.Equal(expected, Edited(Text, root => root.Array("a").RemoveAt(index)));
    }

    [Theory]
    [InlineData("a = [{n = 0}, {n = 1}]", 0, "a = [{n = 1}]")]
    [InlineData("a = [{n = 0}, {n = 1}]", 1, "a = [{n = 0}]")]
    [InlineData("a = [{n = 0}]", 0, "a = []")]
    [InlineData("a = [\n  {n = 0}, # zero\n  # about one\n  {n = 1}, # one\n]", 1, "a = [\n  {n = 0}, # zero\n # one\n]")]
    [InlineData("a = [\n  {n = 0}, # zero\n  {n = 1}\n]", 1, "a = [\n  {n = 0} # zero\n]")]
    [InlineData("a = [\n  # about zero\n  {n = 0},\n  # about one\n  {n = 1}\n]", 0, "a = [\n  # about one\n  {n = 1}\n]")]
    public void An_inline_element_is_removed(string text, int index, string expected) => Assert.Equal(expected, Edited(text, root => root.Array("a").RemoveAt(index)));

    [Fact]
    public void Without_an_element_an_array_under_headers_is_gone_and_can_come_back()
    {
        var document = Parse("[[a]]\nn = 1\n\n[b]\n");
        var array = document.Root.Array("a");
        array.RemoveAt(0);
        Assert.Null(document.Root.Find("a"));
        Assert.Equal("[b]\n"u8.ToArray(), document.ToBytes());
        array.Add().Set("n", TomlValue.Of(2));
        Assert.Equal("[b]\n\n[[a]]\nn = 2\n"u8.ToArray(), document.ToBytes());
        Assert.Throws<ArgumentOutOfRangeException>(() => array.RemoveAt(1));
    }
}
