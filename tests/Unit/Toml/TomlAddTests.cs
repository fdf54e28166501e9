using SkillMeat.Tests.Support;
using SkillMeat.Toml;
using Xunit;
using static SkillMeat.Tests.Toml.TomlText;

namespace SkillMeat.Tests.Toml;

public sealed class TomlAddTests
{
    private const string Artifacts = "[[artifacts]]\nname = \"a\"\n\n[artifacts.metadata.extra]\nx = 1\n\n# the second\n[[artifacts]]\nname = \"b\"\n\n[groups]\n";

    [Theory]
    [InlineData("", "[t]\n")]
    [InlineData("a = 1", "a = 1\n\n[t]\n")]
    [InlineData("a = 1\r\n# end", "a = 1\r\n# end\r\n\r\n[t]\r\n")]
    [InlineData("[a]\n\n[a.b]\n\n# the end\n", "[a]\n\n[a.b]\n\n[t]\n\n# the end\n")]
    [InlineData("# only comments\n", "# only comments\n\n[t]\n")]
    [InlineData("[t.x]\n", "[t.x]\n")]
    [InlineData("t = {}\n", "t = {}\n")]
    public void A_table_is_added_to_the_root(string text, string expected) => Assert.Equal(expected, Edited(text, root => root.GetOrAddTable("t")));

    [Theory]
    [InlineData("[t]\nb = 1\n# c = 2\n\n# about x\n[x]\n", "[t]\nb = 1\n# c = 2\n\n[t.a]\nk = 1\n\n# about x\n[x]\n")]
    [InlineData("[t]\n[t.b]\nc = 1\n[x]\n", "[t]\n[t.b]\nc = 1\n\n[t.a]\nk = 1\n\n[x]\n")]
    [InlineData("[t.b]\n", "[t.b]\n\n[t.a]\nk = 1\n")]
    [InlineData("[t.\"b c\"]\n", "[t.\"b c\"]\n\n[t.a]\nk = 1\n")]
    [InlineData("t = {b = 1}\n", "t = {b = 1, a = { k = 1 }}\n")]
    [InlineData("t.b = 1 # c\nx = 1\n", "t.b = 1 # c\nt.a.k = 1\nx = 1\n")]
    [InlineData("x = {t.b = 1}\nt.c = 1\n", "x = {t.b = 1}\nt.c = 1\nt.a.k = 1\n")]
    [InlineData("[x]\n[t.b]\n[y]\n[t]\nc = 1\n[z]\n", "[x]\n[t.b]\n[y]\n[t]\nc = 1\n\n[t.a]\nk = 1\n\n[z]\n")]
    [InlineData("[t.a.b]\nc = 1\n", "[t.a]\nk = 1\n\n[t.a.b]\nc = 1\n")]
    public void A_sub_table_is_added_in_the_style_of_its_parent(string text, string expected) =>
        Assert.Equal(expected, Edited(text, root => root.Find("t")!.AsTable().GetOrAddTable("a").Set("k", TomlValue.Of(1))));

    [Fact]
    public void An_empty_table_below_a_dotted_one_is_text_at_once() =>
        Assert.Equal("t.b = 1\nt.a = {}\n", Edited("t.b = 1\n", root => root.Find("t")!.AsTable().GetOrAddTable("a")));

    [Fact]
    public void A_sub_table_stays_inside_its_element()
    {
        var text = Edited(Artifacts, root =>
        {
            root.Array("artifacts")[0].GetOrAddTable("metadata").Set("title", TomlValue.Of("A"));
            root.Array("artifacts")[0].GetOrAddTable("more");
            root.Array("artifacts")[1].GetOrAddTable("metadata").GetOrAddTable("extra").Set("y", TomlValue.Of(2));
        });
        Assert.Equal(
            "[[artifacts]]\nname = \"a\"\n\n[artifacts.metadata]\ntitle = \"A\"\n\n[artifacts.metadata.extra]\nx = 1\n\n[artifacts.more]\n\n"
            + "# the second\n[[artifacts]]\nname = \"b\"\n\n[artifacts.metadata]\n\n[artifacts.metadata.extra]\ny = 2\n\n[groups]\n",
            text);
    }

    [Theory]
    [InlineData("[[a]]\nn = 1\n\n[a.m]\nx = 1\n\n[b]\n", "[[a]]\nn = 1\n\n[a.m]\nx = 1\n\n[[a]]\nk = 1\n\n[b]\n")]
    [InlineData("[[a]]", "[[a]]\n\n[[a]]\nk = 1\n")]
    [InlineData("", "[[a]]\nk = 1\n")]
    [InlineData("[b]\r\n", "[b]\r\n\r\n[[a]]\r\nk = 1\r\n")]
    [InlineData("# list\na = [] # none\nb = 1\n\n[c]\n", "# list\n# none\nb = 1\n\n[c]\n\n[[a]]\nk = 1\n")]
    [InlineData("a = [{n = 1}]", "a = [{n = 1}, { k = 1 }]")]
    [InlineData("a = [\n  {n = 1}, # one\n]\n", "a = [\n  {n = 1}, # one\n  { k = 1 },\n]\n")]
    [InlineData("a = [\n  {n = 1} # one\n]\n", "a = [\n  {n = 1}, # one\n  { k = 1 }\n]\n")]
    [InlineData("a = [\r\n  # about one\r\n  {n = 1}\r\n]\r\n", "a = [\r\n  # about one\r\n  {n = 1},\r\n  { k = 1 }\r\n]\r\n")]
    [InlineData("[[a]]\n[[a.b]]\n[c]\n[a.b.d]\n[e]\n", "[[a]]\n[[a.b]]\n[c]\n[a.b.d]\n\n[[a]]\nk = 1\n\n[e]\n")]
    [InlineData("[[a]]\n[a.b.c]\n[a.d]\n[x]\n[a.b.e]\n", "[[a]]\n[a.b.c]\n[a.d]\n[x]\n[a.b.e]\n\n[[a]]\nk = 1\n")]
    public void An_element_is_added(string text, string expected) =>
        Assert.Equal(expected, Edited(text, root => root.GetOrAddArray("a").Add().Set("k", TomlValue.Of(1))));

    [Fact]
    public void An_array_below_an_inline_or_dotted_table_is_inline()
    {
        Assert.Equal("t = {b = 1, a = [{ k = 1 }]}", Edited("t = {b = 1}", root => root.Find("t")!.AsTable().GetOrAddArray("a").Add().Set("k", TomlValue.Of(1))));
        Assert.Equal("t.b = 1\nt.a = [\n    { k = 1 },\n    { k = 2 },\n]\n", Edited("t.b = 1\n", root =>
        {
            var array = root.Find("t")!.AsTable().GetOrAddArray("a");
            array.Add().Set("k", TomlValue.Of(1));
            Assert.Same(array, root.Find("t")!.AsTable().Array("a"));
            array.Add().Set("k", TomlValue.Of(2));
        }));
    }

    [Fact]
    public void All_who_ask_for_a_new_array_get_the_same_one()
    {
        var root = TomlDocument.Empty("file.toml").Root;
        var (first, second) = (root.GetOrAddArray("a"), root.GetOrAddArray("a"));
        first.Add();
        second.Add();
        Assert.Equal(2, root.Array("a").Count);
        Assert.False(Parse("").Root.GetOrAddArray("a").IsAttached);
    }

    [Fact]
    public void A_new_array_does_not_overwrite_what_came_in_between()
    {
        var root = TomlDocument.Empty("file.toml").Root;
        var array = root.GetOrAddArray("a");
        root.Set("a", TomlValue.Of(1));
        Assert.Throws<InvalidOperationException>(() => array.Add());
        Assert.Equal(1, root.Find("a")!.AsInteger());
    }

    [Fact]
    public void Commands_on_the_fixture_change_only_their_lines()
    {
        var shared = SharedFolder.Find();
        Assert.SkipWhen(shared is null, "The shared folder with the fixture is not beside the checkout.");
        var before = File.ReadAllText(Path.Combine(shared!, "compat", "linked-artifacts", "collection.toml"));
        var after = Edited(before, root =>
        {
            var artifacts = root.Array("artifacts");
            artifacts[0].Set("resolved_sha", TomlValue.Of("0000"));
            artifacts[2].Set("tags", TomlValue.Of(["one"]));
            artifacts[3].GetOrAddTable("metadata").Set("title", TomlValue.Of("Changes"));
            artifacts[4].GetOrAddTable("metadata").GetOrAddArray("linked_artifacts").Add().Set("artifact_id", TomlValue.Of("x"));
        });

        var expected = before;
        Replace("resolved_sha = \"1f0e3dad99908345f7439f8ffabdffc4b1a2c3d4\"\nresolved_version", "resolved_sha = \"0000\"\nresolved_version");
        Replace("    \"writing\",\n    \"meetings\",\n", "    \"one\",\n");
        Replace("description = \"Draft a changelog entry.\"\n\n[artifacts.metadata.extra", "description = \"Draft a changelog entry.\"\ntitle = \"Changes\"\n\n[artifacts.metadata.extra");
        Assert.Equal(expected + "\n[[artifacts.metadata.linked_artifacts]]\nartifact_id = \"x\"\n", after);

        void Replace(string old, string changed)
        {
            Assert.Equal(2, expected.Split(old).Length);
            expected = expected.Replace(old, changed, StringComparison.Ordinal);
        }
    }
}
