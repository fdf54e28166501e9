using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Tests.Collections;
using SkillMeat.Tests.Support;
using SkillMeat.Tests.Toml;
using SkillMeat.Toml;
using Xunit;

namespace SkillMeat.Tests.Artifacts;

public sealed class ArtifactDescriptionTests
{
    [Theory]
    [InlineData("skills/pdf-tools/SKILL.md", "skill:pdf-tools")]
    [InlineData("skills/meeting-notes/SKILL.md", "skill:meeting-notes")]
    [InlineData("commands/changelog.md", "command:changelog")]
    [InlineData("agents/code-reviewer.md", "agent:code-reviewer")]
    public void The_same_front_matter_is_written_as_the_original_wrote_it(string file, string id)
    {
        var shared = SharedFolder.Find();
        Assert.SkipWhen(shared is null, "needs the fixture in the shared folder");
        var collection = Path.Combine(shared, "compat", "home", "user", ".skillmeat", "collections", "default");
        var original = ManifestText.Parse(File.ReadAllText(Path.Combine(collection, "collection.toml")));
        var artifact = original.ReadArtifacts("default", ManifestText.ParseLock(null)).Single(a => a.ArtifactId == id);

        var manifest = ManifestText.Parse(ManifestText.Header);
        manifest.Add(
            New(ManifestText.Id(id), ArtifactDescription.Read(file, File.ReadAllText(Path.Combine(collection, file)))) with
            {
                Path = artifact.Path,
                Origin = artifact.Origin,
                Upstream = artifact.Upstream,
                Ref = artifact.Ref,
                ResolvedSha = artifact.ResolvedSha,
                ResolvedVersion = artifact.ResolvedVersion,
                Tags = artifact.Tags,
                // A refresh changed one of them in the metadata.
                Description = artifact.Description,
            },
            artifact.Added!.Value);

        var written = manifest.Text()[(ManifestText.Header.Length + 1)..];
        // The user chose its platforms later.
        var expected = original.Text().Replace("target_platforms = [\n    \"claude_code\",\n    \"codex\",\n]\n", "", StringComparison.Ordinal);
        Assert.Contains(written.TrimEnd('\n') + "\n\n[[", expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_has_its_place()
    {
        var read = ArtifactDescription.Read("SKILL.md", """
            ---
            title: T
            name: n
            description: " d "
            author: { name: A, mail: m }
            licence: MIT
            version: 1.10
            tags: a, b,, a
            allowedTools: Bash(git add, git commit), Read
            dependencies: [x, 2, y]
            category: c
            deprecated: yes
            user-invocable: false
            limit: 12
            share: 0.5
            zip: 007
            day: 2026-01-02
            text: "12"
            empty:
            nothing: ~
            list: [1, ~, [a], { b: c }]
            deep: { a: { b: } }
            fields_of_repository: [license]
            tags_imported: [z]
            frontmatter: f
            ---
            Text.
            """);
        Assert.Equal(("T", "n", "d", "A", "MIT", "1.10"), (read.Title, read.Name, read.Description, read.Author, read.License, read.Version));
        Assert.Equal(("c", true), (read.Category, read.Deprecated));
        Assert.Equal(["a", "b"], read.Tags);
        Assert.Equal(["Bash(git add, git commit)", "Read"], read.Tools);
        Assert.Equal(["x", "y"], read.Dependencies);
        Assert.Equal(
            "{frontmatter_tools=[sBash(git add, git commit),sRead,] name=sn category=sc deprecated=bTrue user-invocable=bFalse limit=i12 share=f0.5 zip=s007 day=s2026-01-02 text=s12 list=[i1,[sa,],{b=sc },] "
            + "frontmatter={name=sn title=sT description=sd tools=[sBash(git add, git commit),sRead,] author=sA license=sMIT version=s1.10 tags=[sa,sb,] category=sc deprecated=bTrue dependencies=[sx,sy,] "
            + "extra={user-invocable=bFalse limit=i12 share=f0.5 zip=s007 day=s2026-01-02 text=s12 list=[i1,[sa,],{b=sc },] fields_of_repository=[slicense,] tags_imported=[sz,] frontmatter=sf deep={a={} } } } "
            + "deep={a={} } }",
            Show(read));
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData("No front matter.", "{}")]
    [InlineData("---\n---\n", "{}")]
    [InlineData("---\nname:\ntags:\n  - \nx: ''\n---\n", "{frontmatter={tags=[] } }")]
    [InlineData("---\nbase: &b { x: 1 }\nalias: *b\n<<: *b\n---\n", "{frontmatter={extra={base={x=i1 } } } base={x=i1 } }")]
    [InlineData("---\nx: 1\nx: 2\n---\n", "{x=i2 frontmatter={extra={x=i2 } } }")]
    [InlineData("---\nbig: 99999999999999999999\nfar: 1e999\nplus: +5\ndot: 1.\nhex: 0x10\n---\n", "{big=s99999999999999999999 far=s1e999 plus=i5 dot=f1 hex=s0x10 frontmatter={extra={big=s99999999999999999999 far=s1e999 plus=i5 dot=f1 hex=s0x10 } } }")]
    [InlineData("---\nmetadata:\n  category: documents\n---\n", "{frontmatter={extra={metadata={category=sdocuments } } } metadata={category=sdocuments } }")]
    public void Odd_front_matter(string text, string extra) => Assert.Equal(extra, Show(ArtifactDescription.Read("x.md", text)));

    [Theory]
    [InlineData("tools: Read, Write", "Read|Write")]
    [InlineData("allowed-tools: Bash(git:*) Read", "Bash(git:*)|Read")]
    [InlineData("allowed-tools: Bash(npm run test:*, git status), Write", "Bash(npm run test:*, git status)|Write")]
    [InlineData("allowed-tools: \"  Read ,\\tWrite  Edit,,Read \"", "Read|Write|Edit")]
    [InlineData("allowedTools: Bash(echo (a b) c) mcp__x__y", "Bash(echo (a b) c)|mcp__x__y")]
    [InlineData("allowed-tools: a) b(c d", "a)|b(c d")]
    [InlineData("allowed-tools: [Bash(git add), Read Write]", "Bash(git add)|Read Write")]
    [InlineData("allowed-tools: |\n  Read\n  Bash(git:*)", "Read|Bash(git:*)")]
    [InlineData("allowed-tools:", "")]
    [InlineData("tools: []\nallowed-tools: Read", "Read")]
    public void Tools_are_separated_by_commas_and_blanks_outside_brackets(string line, string tools) =>
        Assert.Equal(tools, string.Join('|', ArtifactDescription.Read("SKILL.md", $"---\n{line}\n---\n").Tools));

    [Fact]
    public void Disallowed_tools_are_a_list_and_no_tools()
    {
        var read = ArtifactDescription.Read("SKILL.md", "---\ndisallowed-tools: Bash(rm:*) Write\n---\n");
        Assert.Empty(read.Tools);
        Assert.Equal("{disallowed-tools=[sBash(rm:*),sWrite,] frontmatter={extra={disallowed-tools=[sBash(rm:*),sWrite,] } } }", Show(read));
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("On", true)]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("'TRUE'", true)]
    [InlineData("no", false)]
    [InlineData("OFF", false)]
    [InlineData("0", false)]
    [InlineData("False", false)]
    [InlineData("\"no\"", false)]
    public void True_and_false_have_many_spellings(string written, bool meant)
    {
        var read = ArtifactDescription.Read("SKILL.md", $"---\ndeprecated: {written}\ndisable-model-invocation: {written}\nuser-invocable: {written}\n---\n");
        Assert.Equal(meant, read.Deprecated);
        Assert.Equal(meant, read.Extra["disable-model-invocation"].AsBoolean());
        Assert.Equal(meant, read.Extra["user-invocable"].AsBoolean());
    }

    [Fact]
    public void A_name_may_be_a_number_and_nothing_unknown_is_refused()
    {
        var read = ArtifactDescription.Read(
            "SKILL.md", "---\nname: 42\nmodel: opus\ncompatibility: 1.0\nargument-hint: \"[file]\"\neffort: high\ncontext: fork\nagent: Explore\nhooks: { Stop: [{ command: x }] }\npaths: [src]\nx-y.z: 1\nmodel2:\n---\n");
        Assert.Equal("42", read.Name);
        Assert.Equal(
            ["agent", "argument-hint", "compatibility", "context", "effort", "frontmatter", "hooks", "model", "name", "paths", "x-y.z"],
            read.Extra.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_description_is_written_and_read_back()
    {
        var manifest = ManifestText.Parse(ManifestText.Header);
        manifest.Add(New(ManifestText.Id("skill:n"), ArtifactDescription.Read("SKILL.md", "---\ntags: [t]\ncategory: c\ndeprecated: 1\n'odd \"key\"\\': \"\\0\\t\"\nsteps:\n- a: 1\n- b: [{ c: 1 }]\n---\n")), ManifestText.Now);
        var read = Assert.Single(ManifestText.Parse(manifest.Text()).ReadArtifacts("default", ManifestText.ParseLock(null)));
        Assert.Equal(("c", true), (read.Category, read.Deprecated));
        Assert.Equal(["t"], read.Tags);
        Assert.Equal(["t"], read.ImportedTags!);
        Assert.Empty(read.FieldsOfRepository);
    }

    [Fact]
    public void A_whole_file_of_yaml_is_not_copied()
    {
        var read = ArtifactDescription.Read("WORKFLOW.yaml", "name: w\nversion: 2.0\nsteps: [a]\n");
        Assert.Equal(("w", "2.0"), (read.Name, read.Version));
        Assert.Empty(read.Extra);
    }

    private static NewArtifact New(ArtifactId id, ArtifactDescription description) => new()
    {
        Id = id,
        Path = $"{id.Type.Container}/{id.Name}",
        Origin = ArtifactOrigin.Local,
        Tags = description.Tags,
        Title = description.Title,
        Description = description.Description,
        Author = description.Author,
        License = description.License,
        Version = description.Version,
        Dependencies = description.Dependencies,
        Tools = description.Tools,
        Extra = description.Extra,
    };

    private static string Show(ArtifactDescription description) => ModelTable.Of(TomlValue.Of(description.Extra).AsTable()).Show(false);
}
