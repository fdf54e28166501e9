using System.Text;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Tests.Toml;
using Xunit;

namespace SkillMeat.Tests.Collections;

/// <summary>Manifests and lock files that are read part by part mean the same as those that are read as a whole, and have the same errors.</summary>
public sealed class PartsTests
{
    private const string Path = "collection.toml";

    private static readonly string[] _fragments =
    [
        "[[artifacts]]\nname = \"a\"\ntype = \"skill\"\npath = \"skills/a\"\norigin = \"local\"\nadded = \"2026-01-01T00:00:00\"\n",
        "[[artifacts]]\nname = \"b\"\ntype = \"agent\"\npath = \"agents/b.md\"\norigin = \"local\"\nadded = 2026-01-01\ntags = [\n\"x\",\n# [[artifacts]]\n\"y\",\n]\n",
        "[artifacts.metadata]\ndescription = \"\"\"\nfirst\n[[artifacts]]\nlast\n\"\"\"\n",
        "[artifacts.metadata.extra]\ncategory = \"c\"\n",
        "[artifacts.metadata]\ntitle = \"t\"\n",
        "[[artifacts.list]]\nx = 1\n",
        "  [artifacts.indented]\nx = 1\n",
        "  [[artifacts]]\nname = \"c\"\ntype = \"skill\"\npath = \"skills/c\"\norigin = \"local\"\nadded = \"2026-01-01T00:00:00\"\n",
        "[\"artifacts\".quoted]\nx = 1\n",
        "[[\"artifacts\"]]\nname = \"d\"\ntype = \"skill\"\npath = \"skills/d\"\norigin = \"local\"\nadded = \"\"\n",
        "artifacts = []\n",
        "artifacts.dotted = 1\n",
        "[[groups]]\nname = \"g\"\nmembers = [\"skill:a\"]\n",
        "list = [\n[\"a\"],\n]\n",
        "text = '''\n[[artifacts]]\n# not a comment'''\n",
        "# a comment\n\n",
        "[odd\n",
        "name = \"twice\"\n",
        "[artifacts]\nx = 1\n",
        "[tag_definitions]\r\n",
        "[ artifacts.metadata]\nlicense = \"MIT\"\n",
        "[\"artifacts\".metadata]\nlicense = 5\n",
    ];

    [Fact]
    public void Manifests_read_in_parts_are_those_read_as_a_whole()
    {
        var random = new Random(7);
        var inParts = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => _fragments[random.Next(_fragments.Length)]));
            if (random.Next(3) > 0) text = "[collection]\nname = \"n\"\n" + text;
            if (random.Next(5) == 0) text = text.Replace("\n", "\r\n", StringComparison.Ordinal).Replace("\r\r", "\r", StringComparison.Ordinal);
            if (random.Next(5) == 0) text = text.TrimEnd();
            if (random.Next(8) == 0) text = "\ufeff" + text;
            inParts += Compare(Encoding.UTF8.GetBytes(text)) ? 1 : 0;
        }

        Assert.InRange(inParts, 200, 20_000);
    }

    [Fact]
    public void Random_documents_are_the_same_too()
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var bytes = new RandomToml(random).Document();
            var text = Encoding.UTF8.GetString(bytes).Replace("[[a]]", "[[artifacts]]", StringComparison.Ordinal).Replace("[a.", "[artifacts.", StringComparison.Ordinal);
            Compare(Encoding.UTF8.GetBytes(text));
        }
    }

    [Theory]
    [InlineData("[lock]\n[lock.entries]\n[lock.entries.\"a::skill\"]\ncontent_hash = \"1\"\nfetched = \"x\"\n[lock.entries.\"b::skill\"]\ncontent_hash = \"2\"\nfetched = \"x\"\n", true)]
    [InlineData("[lock.entries.\"a::skill\"]\ncontent_hash = \"1\"\nfetched = \"x\"\n[lock]\nversion = \"1\"\n", true)]
    [InlineData("[lock.entries.\"a::skill\"]\ncontent_hash = \"1\"\nfetched = \"x\"\n[lock.entries.'a::skill']\ncontent_hash = \"2\"\nfetched = \"x\"\n", false)]
    [InlineData("[lock.entries.\"a::skill\"]\ncontent_hash = \"1\"\nfetched = \"x\"\n[lock.entries.\"a::skill\".more]\nx = 1\n", false)]
    [InlineData("[lock.entries]\n\"b::skill\" = { content_hash = \"2\", fetched = \"x\" }\n[lock.entries.\"a::skill\"]\ncontent_hash = \"1\"\nfetched = \"x\"\n", false)]
    [InlineData("[lock.entries.\"a::skill\"]\ncontent_hash = \"1\"\nfetched = \"x\"\n  [lock.entries.\"b::skill\"]\ncontent_hash = \"2\"\nfetched = \"x\"\n", false)]
    [InlineData("[lock.entries.\"a::skill\"]\ncontent_hash = \"1\"\n", false)]
    [InlineData("[lock.entries.\"a::skill\"]\ncontent_hash = \"1\"\nfetched = \"\"\"\n[lock.entries.\"b::skill\"]\n\"\"\"\n", false)]
    [InlineData("[lock.entries.\"a::skill\"]\ncontent_hash = \"1\"\nfetched = \"x\"\n[ lock.entries.\"a::skill\".upstream]\nx = 1\n", false)]
    [InlineData("[lock.entries.\"a::skill\"]\ncontent_hash = \"1\"\nfetched = \"x\"\n[\"lock\".entries.\"a::skill\".more]\nx = 1\n", false)]
    [InlineData("[lock]\nentries = {}\n[lock.entries.\"a::skill\"]\ncontent_hash = \"1\"\nfetched = \"x\"\n", false)]
    public void Lock_files_read_in_parts_are_those_read_as_a_whole(string text, bool isInParts)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(isInParts, LockParts.TryRead(bytes, "collection.lock") is not null);
        Assert.Equal(
            Outcome(() => string.Join('\n', LockFile.ParseWhole(bytes, "collection.lock").Entries)),
            Outcome(() => string.Join('\n', LockFile.Parse(bytes, "collection.lock").Entries)));
    }

    [Fact]
    public void An_edited_manifest_whose_parts_moved_is_read_as_if_it_were_new()
    {
        var one = Artifact("a", "1") + Artifact("b", "2") + Artifact("c", "3") + Artifact("d", "4");
        var before = Manifest.Parse(Encoding.UTF8.GetBytes(ManifestText.Header + one), Path).Parts!;
        string[] edits =
        [
            one,
            Artifact("a", "1") + Artifact("c", "3") + Artifact("d", "4"),
            Artifact("a", "1") + Artifact("b", "5") + Artifact("c", "3") + Artifact("d", "4") + Artifact("e", "5"),
            Artifact("d", "4") + Artifact("c", "3") + Artifact("b", "2") + Artifact("a", "1"),
            Artifact("a", "1") + Artifact("a", "1") + Artifact("b", "2"),
            Artifact("a", "1") + Artifact("b", "2") + "broken\n" + Artifact("c", "3"),
            Artifact("z", "1"),
            "",
        ];
        foreach (var edit in edits)
        {
            var bytes = Encoding.UTF8.GetBytes(ManifestText.Header + "# moved\n" + edit);
            Assert.Equal(Outcome(() => Describe(Manifest.ParseWhole(bytes, Path))), Outcome(() => Describe(Manifest.ParseEdited(bytes, Path, before))));
        }
    }

    private static string Artifact(string name, string text) =>
        $"\n[[artifacts]]\nname = \"{name}\"\ntype = \"skill\"\npath = \"skills/{name}\"\norigin = \"local\"\nadded = \"2026-01-01T00:00:00\"\n\n[artifacts.metadata]\ntitle = \"{text}\"\n";

    // Whether the manifest was read in parts.
    private static bool Compare(byte[] bytes)
    {
        Assert.Equal(Outcome(() => Describe(Manifest.ParseWhole(bytes, Path))), Outcome(() => Describe(Manifest.Parse(bytes, Path))));
        Assert.Equal(Outcome(() => Edit(Manifest.ParseWhole(bytes, Path))), Outcome(() => Edit(Manifest.Parse(bytes, Path))));
        try
        {
            if (ManifestParts.TryRead(bytes, Path, (id, table, _) => ArtifactReader.Read("c", id, table, pinned: null, LazyDetails.None)) is { } parts && Manifest.Of(parts, Path) is not null)
            {
                Assert.Equal(
                    Manifest.ParseWhole(bytes, Path).ReadArtifacts("c", ManifestText.ParseLock(null)).Select(artifact => artifact.ToString()), parts.All.Select(part => part.Artifact!.ToString()));
            }

            return Manifest.Parse(bytes, Path).Parts is not null;
        }
        catch (DataFileException)
        {
            return false;
        }
    }

    // The bytes after an artifact was added at the end.
    private static string Edit(Manifest manifest)
    {
        manifest.Add(new NewArtifact { Id = new ArtifactId(ArtifactType.Skill, "new"), Path = "skills/new", Origin = "local" }, DateTimeOffset.UnixEpoch);
        return manifest.Text();
    }

    private static string Outcome(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is SkillMeatException or InvalidOperationException)
        {
            return e.Message;
        }
    }

    private static string Describe(Manifest manifest)
    {
        var artifacts = Outcome(() => string.Join('\n', manifest.ReadArtifacts("c", ManifestText.ParseLock(null))));
        var paths = Outcome(() => string.Join('\n', manifest.Paths));
        return $"{manifest.Title}\n{string.Join('\n', manifest.Ids)}\n{artifacts}\n{paths}\n{Outcome(() => manifest.ReadOtherValues().ToString())}\n{manifest.Text()}";
    }
}
