using SkillMeat.Collections;
using SkillMeat.Errors;
using Xunit;
using static SkillMeat.Tests.Collections.ManifestText;

namespace SkillMeat.Tests.Collections;

public sealed class ManifestEditTests
{
    private const string One =
        "# about one\n[[artifacts]] # 1\nname = 'one' # n\ntype = \"skill\"\npath = \"skills/one\"\norigin = \"local\"\nadded = \"2026\"\nours = [ 1, 2 ] # kept\n\n[artifacts.metadata]\ntitle = \"One\"\n\n[artifacts.metadata.extra.x]\ny = 1\n";

    private const string Two = "# about two\n[[artifacts]]\nname = \"two\"\ntype = \"mcp_server\"\npath = \"mcp/two\"\norigin = \"local\"\nadded = \"2026\"\nresolved_version = \"v1\" # tag\n";

    private const string Groups =
        "# groups\n[[groups]]\nname = \"g\"\nmembers = [\n    # first\n    \"skill:one\", # 1\n    \"mcp:two\",\n]\n\n[[groups]]\nname = \"h\"\nmembers = [ 'skill:one', \"mcp-server::two\" ]\n\n[[groups]]\nname = \"i\"\nmembers = [ 'command:one' ]\n";

    private const string All = $"{Header}\n{One}\n{Two}\n{Groups}";

    [Fact]
    public void An_artifact_goes_with_its_comments_and_leaves_the_groups()
    {
        var manifest = Parse(All);
        Assert.True(manifest.Remove(Id("skill:one"), Now));
        Assert.Equal(
            $"{Header}\n{Two}\n# groups\n[[groups]]\nname = \"g\"\nmembers = [\n    # first\n     # 1\n    \"mcp:two\",\n]\n\n[[groups]]\nname = \"h\"\nmembers = [\"mcp-server::two\"]\n\n[[groups]]\nname = \"i\"\nmembers = [ 'command:one' ]\n",
            manifest.Text());

        Assert.True(manifest.Remove(Id("mcp:two"), Now));
        Assert.Equal(
            $"{Header}\n# groups\n[[groups]]\nname = \"g\"\nmembers = [\n    # first\n     # 1\n]\n\n[[groups]]\nname = \"h\"\nmembers = []\n\n[[groups]]\nname = \"i\"\nmembers = [ 'command:one' ]\n",
            manifest.Text());
        Assert.Empty(manifest.Ids);
        manifest.Add(Local("skill:one", "skills/one"), Now);
        Assert.Equal([Id("skill:one")], Parse(manifest.Text()).Ids);
    }

    [Fact]
    public void A_comment_that_stands_free_above_an_artifact_stays()
    {
        var manifest = Parse($"{Header}\n# free\n\n{One}");
        manifest.Remove(Id("skill:one"), Now);
        Assert.Equal($"{Header}\n# free\n", manifest.Text());
    }

    [Fact]
    public void An_absent_artifact_cannot_be_removed_and_nothing_changes()
    {
        var manifest = Parse(All);
        Assert.False(manifest.Remove(Id("command:one"), Now.AddDays(1)));
        Assert.Equal(All, manifest.Text());
    }

    [Fact]
    public void Odd_groups_stay_as_they_are()
    {
        const string Odd = "groups = [ { members = \"skill:one\" }, { members = [ 1, [ \"skill:one\" ], \"one\" ] } ]\n";
        var manifest = Parse($"{Odd}{Header}\n{One}");
        manifest.Remove(Id("skill:one"), Now);
        Assert.Equal($"{Odd}{Header}", manifest.Text());
    }

    [Fact]
    public void An_update_writes_what_it_knows_and_drops_the_old_commits_tag()
    {
        var manifest = Parse(All);
        manifest.Update(Id("mcp:two"), new ArtifactVersion(Upstream: null, "new-sha", ResolvedVersion: null, Ref: null), Now);
        var updated = Two.Replace("resolved_version = \"v1\" # tag\n", "resolved_sha = \"new-sha\"\nlast_updated = \"2027-01-02T03:04:05.600000\"\n", StringComparison.Ordinal);
        Assert.Equal($"{Header}\n{One}\n{updated}\n{Groups}", manifest.Text());

        manifest.Update(Id("mcp:two"), new ArtifactVersion("https://x/y", "newer", "v2", "v2"), Now.AddHours(1));
        var read = Parse(manifest.Text()).ReadArtifacts("default", ParseLock(null))[1];
        Assert.Equal(("https://x/y", "newer", "v2", "v2"), (read.Upstream, read.ResolvedSha, read.ResolvedVersion, read.Ref));
        Assert.Equal(Now.AddHours(1), read.LastUpdated);
    }

    [Fact]
    public void Restoring_an_artifact_takes_every_key_of_the_other_manifest_and_keeps_what_is_the_same()
    {
        var other = Parse($"{Header}\n[[artifacts]]\nname = \"one\"\npath = \"skills/one\"\ntype = \"skill\"\norigin = \"local\"\nadded = \"2026\"\nours = [1, 2]\nnewer = 1979-05-27\n\n[artifacts.metadata]\ntitle = \"1\"\n\n[artifacts.metadata.extra.z]\nw = {{ v = 1 }}\n\n[[artifacts.metadata.linked]]\nid = 1\n\n[[artifacts.metadata.linked]]\nid = 2\n[artifacts.metadata.linked.deep]\na.b = 1\n");
        var manifest = Parse(All);
        Assert.True(manifest.CopyArtifact(other, Id("skill:one"), Now));
        var restored =
            "# about one\n[[artifacts]] # 1\nname = 'one' # n\ntype = \"skill\"\npath = \"skills/one\"\norigin = \"local\"\nadded = \"2026\"\nours = [ 1, 2 ] # kept\nnewer = 1979-05-27\n\n[artifacts.metadata]\ntitle = \"1\"\n\n[artifacts.metadata.extra.z.w]\nv = 1\n\n[[artifacts.metadata.linked]]\nid = 1\n\n[[artifacts.metadata.linked]]\nid = 2\n\n[artifacts.metadata.linked.deep.a]\nb = 1\n";
        Assert.Equal($"{Header}\n{restored}\n{Two}\n{Groups}", manifest.Text());
        Assert.False(manifest.CopyArtifact(other, Id("skill:one"), Now.AddDays(1)));
        Assert.Contains(Header, manifest.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Restoring_adds_what_is_not_here_and_removes_what_is_not_there()
    {
        var here = Parse($"{Header}\n{One}");
        Assert.True(here.CopyArtifact(Parse($"{Header}\n{Two}"), Id("mcp:two"), Now));
        Assert.Equal($"{Header}\n{One}\n{Two.Replace("# about two\n", "", StringComparison.Ordinal).Replace(" # tag", "", StringComparison.Ordinal)}", here.Text());
        Assert.True(here.CopyArtifact(Parse(Header), Id("skill:one"), Now));
        Assert.Equal([Id("mcp:two")], here.Ids);
        Assert.False(here.CopyArtifact(Parse(Header), Id("skill:one"), Now));
    }

    [Fact]
    public void Restoring_over_the_files_of_another_artifact_is_refused()
    {
        var here = Parse($"{Header}\n{Two}".Replace("mcp/two", "SKILLS/one", StringComparison.Ordinal));
        var error = Assert.Throws<SkillMeatException>(() => here.CopyArtifact(Parse($"{Header}\n{One}"), Id("skill:one"), Now));
        Assert.Equal("Artifact 'skill:one' cannot use the path 'skills/one': it overlaps with artifact 'mcp:two' at 'SKILLS/one'.", error.Message);
    }

    [Fact]
    public void An_inline_list_is_edited_in_place()
    {
        var inline = Parse("artifacts = [{name=\"a\",type=\"skill\",path=\"skills/a\",origin=\"local\",added=\"1\"}, {name=\"b\",type=\"skill\",path=\"skills/b\",origin=\"local\",added=\"1\"}]\n" + Header);
        inline.CopyArtifact(Parse($"{Header}\n{One}"), Id("skill:one"), Now);
        inline.Remove(Id("skill:a"), Now);
        inline.Update(Id("skill:b"), new ArtifactVersion(null, "s", null, null), Now);
        Assert.Equal(
            "artifacts = [{name=\"b\",type=\"skill\",path=\"skills/b\",origin=\"local\",added=\"1\", resolved_sha = \"s\", last_updated = \"2027-01-02T03:04:05.600000\"}, "
            + "{ name = \"one\", type = \"skill\", path = \"skills/one\", origin = \"local\", added = \"2026\", ours = [1, 2], metadata = { title = \"One\", extra = { x = { y = 1 } } } }]\n" + Header,
            inline.Text());
    }
}
