using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Toml;
using Xunit;
using static SkillMeat.Tests.Collections.ManifestText;

namespace SkillMeat.Tests.Collections;

public sealed class ManifestAddTests
{
    private const string Added = "[[artifacts]]\nname = \"a\"\ntype = \"skill\"\npath = \"skills/a\"\norigin = \"local\"\nadded = \"2027-01-02T03:04:05.600000\"\n";

    [Fact]
    public void An_artifact_is_written_as_the_original_writes_it()
    {
        var manifest = Parse(Header);
        manifest.Add(
            new NewArtifact
            {
                Id = Id("skill:pdf"),
                Path = "skills/pdf",
                Origin = ArtifactOrigin.GitHub,
                Upstream = "https://github.com/o/r/tree/1f0e/skills/pdf",
                Ref = "v1",
                ResolvedSha = "1f0e",
                ResolvedVersion = "v1",
                Tags = ["pdf"],
                OriginSource = "github",
                Title = "PDF",
                Description = "Reads \"PDF\".",
                Author = "Octo",
                License = "MIT",
                Version = "1.2.0",
                Dependencies = ["python>=3.9"],
                Tools = ["Read"],
                Extra = new Dictionary<string, TomlValue>
                {
                    ["frontmatter"] = Table(("name", TomlValue.Of("pdf")), ("extra", Table(("metadata", Table(("stable", TomlValue.Of(true))))))),
                    ["category"] = TomlValue.Of("documents"),
                    ["steps"] = TomlValue.Of([Table(("n", TomlValue.Of(1)))]),
                },
            },
            Now);
        Assert.Equal(
            Header + """

            [[artifacts]]
            name = "pdf"
            type = "skill"
            path = "skills/pdf"
            origin = "github"
            added = "2027-01-02T03:04:05.600000"
            upstream = "https://github.com/o/r/tree/1f0e/skills/pdf"
            version_spec = "v1"
            resolved_sha = "1f0e"
            resolved_version = "v1"
            tags = [
                "pdf",
            ]
            origin_source = "github"

            [artifacts.metadata]
            title = "PDF"
            description = "Reads \"PDF\"."
            author = "Octo"
            license = "MIT"
            version = "1.2.0"
            dependencies = [
                "python>=3.9",
            ]
            tools = [
                "Read",
            ]

            [artifacts.metadata.extra]
            category = "documents"

            [artifacts.metadata.extra.frontmatter]
            name = "pdf"

            [artifacts.metadata.extra.frontmatter.extra.metadata]
            stable = true

            [[artifacts.metadata.extra.steps]]
            n = 1

            """.ReplaceLineEndings("\n"),
            manifest.Text());

        var read = Assert.Single(Parse(manifest.Text()).ReadArtifacts("default", ParseLock(null)));
        Assert.Equal(("skill:pdf", "PDF", "documents", Now), (read.ArtifactId, read.Title, read.Category, read.Added));
        Assert.Equal(["pdf"], read.Tags);
    }

    [Fact]
    public void Headers_that_say_nothing_are_not_written()
    {
        var manifest = Parse(Header);
        manifest.Add(Local("skill:a", "skills/a") with { Extra = new Dictionary<string, TomlValue> { ["frontmatter"] = Table(("model", TomlValue.Of("m"))) } }, Now);
        Assert.Equal($"{Header}\n{Added}\n[artifacts.metadata.extra.frontmatter]\nmodel = \"m\"\n", manifest.Text());

        manifest.Add(Local("skill:b", "skills/b"), Now);
        manifest.Apply(Id("skill:a"), new ArtifactEdit { Values = [(ArtifactPlace.Metadata, "description", TomlValue.Of("d")), (ArtifactPlace.Extra, "category", TomlValue.Of("c"))] }, Now);
        Assert.Equal(
            $"{Header}\n{Added}\n[artifacts.metadata]\ndescription = \"d\"\n\n[artifacts.metadata.extra]\ncategory = \"c\"\n\n[artifacts.metadata.extra.frontmatter]\nmodel = \"m\"\n\n{Added.Replace("a\"", "b\"", StringComparison.Ordinal)}",
            manifest.Text());
    }

    [Theory]
    [InlineData("[collection]\nname = \"default\"", "")]
    [InlineData("# top\n[collection] # c\nname = 'default' # n\n\n# end\n", "# top\n[collection] # c\nname = 'default' # n\nupdated = \"2027-01-02T03:04:05.600000\"\n\n$\n# end\n")]
    [InlineData("artifacts = []\n\n[collection]\nname = \"default\"\n", "\n[collection]\nname = \"default\"\nupdated = \"2027-01-02T03:04:05.600000\"\n\n$")]
    [InlineData("[collection]\nname = \"default\"\n\n[[groups]]\nname = \"g\"\n", "")]
    public void The_first_artifact(string text, string expected)
    {
        var manifest = Parse(text);
        manifest.Add(Local("skill:a", "skills/a"), Now);
        if (expected.Length > 0) Assert.Equal(expected.Replace("$", Added, StringComparison.Ordinal), manifest.Text());
        Assert.Contains(Added, manifest.Text(), StringComparison.Ordinal);
        Assert.Equal([Id("skill:a")], Parse(manifest.Text()).Ids);
    }

    [Fact]
    public void A_new_artifact_stands_behind_the_others_and_before_what_follows_them()
    {
        var manifest = Parse($"{Header}\n{Added}# tail\n\n# servers\n[[mcp_servers]]\nname = \"s\"\n");
        manifest.Add(Local("command:b", "commands/b.md"), Now);
        Assert.Equal(
            $"{Header}\n{Added}# tail\n\n[[artifacts]]\nname = \"b\"\ntype = \"command\"\npath = \"commands/b.md\"\norigin = \"local\"\nadded = \"2027-01-02T03:04:05.600000\"\n\n# servers\n[[mcp_servers]]\nname = \"s\"\n",
            manifest.Text());
    }

    [Fact]
    public void An_inline_list_and_its_line_endings_stay_what_they_are()
    {
        var manifest = Parse("artifacts = [\r\n  { name = \"a\", type = \"skill\", path = \"skills/a\", origin = \"local\", added = \"2026\" }, # first\r\n]\r\n[collection]\r\nname = \"default\"");
        manifest.Add(Local("skill:b", "skills/b") with { Title = "B", Extra = new Dictionary<string, TomlValue> { ["x"] = Table(("y", TomlValue.Of(1))) } }, Now);
        Assert.Equal(
            "artifacts = [\r\n  { name = \"a\", type = \"skill\", path = \"skills/a\", origin = \"local\", added = \"2026\" }, # first\r\n"
            + "  { name = \"b\", type = \"skill\", path = \"skills/b\", origin = \"local\", added = \"2027-01-02T03:04:05.600000\", metadata = { title = \"B\", extra = { x = { y = 1 } } } },\r\n]\r\n"
            + "[collection]\r\nname = \"default\"\r\nupdated = \"2027-01-02T03:04:05.600000\"\r\n",
            manifest.Text());
        Assert.Equal([Id("skill:a"), Id("skill:b")], Parse(manifest.Text()).Ids);
    }

    [Fact]
    public void A_file_with_carriage_returns_gets_more_of_them()
    {
        var manifest = Parse("[collection]\r\nname = \"default\"\r\n");
        manifest.Add(Local("skill:a", "skills/a") with { Tags = ["x"], Title = "A" }, Now);
        Assert.DoesNotContain('\n', manifest.Text().Replace("\r\n", "", StringComparison.Ordinal));
        Assert.Equal(["x"], Assert.Single(Parse(manifest.Text()).ReadArtifacts("default", ParseLock(null))).Tags);
    }

    [Theory]
    [InlineData("skill:a", "skills/b", "The collection already has an artifact 'skill:a'.")]
    [InlineData("skill:b", "Skills/A", "Artifact 'skill:b' cannot use the path 'Skills/A': it overlaps with artifact 'skill:a' at 'skills/a'.")]
    [InlineData("skill:b", "skills/./a/inner", "Artifact 'skill:b' cannot use the path 'skills/./a/inner': it overlaps with artifact 'skill:a' at 'skills/a'.")]
    [InlineData("skill:b", "skills", "Artifact 'skill:b' cannot use the path 'skills': it overlaps with artifact 'skill:a' at 'skills/a'.")]
    [InlineData("skill:b", "../b", "'../b' is not a valid path for artifact 'skill:b': it leaves the collection.")]
    [InlineData("skill:..", "skills/b", "'..' is not a valid artifact name: it contains '..'.")]
    public void An_artifact_that_cannot_be_added_changes_nothing(string id, string path, string message)
    {
        var text = $"{Header}\n{Added}";
        var manifest = Parse(text);
        var error = Assert.Throws<SkillMeatException>(() => manifest.Add(Local(id, path), Now));
        Assert.Equal((ErrorIds.InvalidArgument, message), (error.ErrorId, error.Message));
        Assert.Equal(text, manifest.Text());
        Assert.Equal([new ArtifactPath(Id("skill:a"), "skills/a")], manifest.Paths);
    }

    [Fact]
    public void A_path_that_begins_with_the_letters_of_another_is_its_own() => Assert.Null(Parse($"{Header}\n{Added}").FindOverlap(Id("skill:b"), "skills/ab"));

    private static TomlValue Table(params (string Key, TomlValue Value)[] members) => TomlValue.Of(members.ToDictionary(m => m.Key, m => m.Value));
}
