using System.Runtime.Versioning;
using SkillMeat.Errors;
using SkillMeat.Merging.Differences;
using SkillMeat.Projects.Comparing;
using SkillMeat.Snapshots;
using SkillMeat.Updates;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Projects;

public sealed class CompareTests
{
    private const string Copy = ".claude/skills/notes/SKILL.md";
    private const string Original = "skills/notes/SKILL.md";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_is_compared_with_the_collection_by_line()
    {
        using var scene = await DeployedAsync();
        await File.WriteAllTextAsync(scene.InProject(Copy), "---\nname: notes\ndescription: Takes notes\n---\nFirst line\nmine\nlast without end", Cancellation);
        await File.WriteAllTextAsync(scene.InProject(".claude/skills/notes/new.md"), "one\ntwo\n", Cancellation);
        File.Delete(scene.InProject(".claude/skills/notes/templates/a.md"));
        await File.WriteAllBytesAsync(scene.InProject(".claude/skills/notes/image"), [0, 1], Cancellation);

        var found = await CompareAsync(scene, "notes", CompareSide.Collection, CompareSide.Project);

        Assert.Equal(["SKILL.md Changed", "image Added", "new.md Added", "templates/a.md Deleted"], found.Files.Select(file => $"{file.Path} {file.Change}"));
        var hunk = Assert.Single(found.Files[0].Hunks);
        Assert.Equal("@@ -3,4 +3,5 @@", hunk.ToString());
        Assert.Equal(
            ["3 3 Takes", "4 4 ---", "5 5 First line", "6  Second line", " 6 mine", " 7 last without end"],
            hunk.Lines.Select(line => $"{line.OldLine} {line.NewLine} {line.Text.Replace("description: Takes notes", "Takes", StringComparison.Ordinal)}"));
        Assert.False(hunk.Lines[^1].EndsWithLineFeed);
        Assert.Equal(("It is not text.", 0), (found.Files[1].Note, found.Files[1].Hunks.Count));
        Assert.Equal("@@ -0,0 +1,2 @@", Assert.Single(found.Files[2].Hunks).ToString());
        Assert.Equal("@@ -1 +0,0 @@", Assert.Single(found.Files[3].Hunks).ToString());
        Assert.Equal(("skill:notes", "default", scene.InProject(".claude/skills/notes")), (found.ArtifactId, found.Collection, found.Path));
    }

    [Fact]
    public async Task Hunks_are_those_of_git()
    {
        var random = new Random(7);
        using var scene = await DeployedAsync();
        for (var round = 0; round < 20; round++)
        {
            var lines = Enumerable.Range(0, random.Next(60)).Select(_ => $"line {random.Next(12)}\n").ToList();
            await File.WriteAllTextAsync(scene.InCollection("commands/review.md"), string.Concat(lines), Cancellation);
            for (var edits = random.Next(6); edits > 0 && lines.Count > 0; edits--)
            {
                var at = random.Next(lines.Count);
                if (random.Next(2) == 0) lines.RemoveAt(at);
                else lines.Insert(at, $"new {random.Next(5)}\n");
            }

            await File.WriteAllTextAsync(scene.InProject(".claude/commands/review.md"), string.Concat(lines), Cancellation);
            var files = (await CompareAsync(scene, "review", CompareSide.Collection, CompareSide.Project)).Files;
            var text = string.Concat(files.SelectMany(file => file.Hunks).Select(hunk => $"{hunk}\n{string.Concat(hunk.Lines.Select(line => $"{line}\n"))}"));

            Assert.Equal(await DiffOfGitAsync(scene), text);
        }
    }

    [Fact]
    public async Task Each_side_can_be_compared()
    {
        using var scene = await DeployedAsync();
        var snapshot = (await new CollectionSnapshots(scene.Store).TakeAsync(null, "taken", TimeSpan.FromSeconds(10), Cancellation)).SnapshotId;
        await File.AppendAllTextAsync(scene.InCollection(Original), "of the collection\n", Cancellation);
        await File.AppendAllTextAsync(scene.InProject(Copy), "of the project\n", Cancellation);
        await File.AppendAllTextAsync(Path.Combine(scene.Place, "upstream", Original), "of upstream\n", Cancellation);
        using var session = UpstreamSession.Create(scene.Store, new UpstreamSessionOptions { Environment = _ => null });
        var before = scene.Tree();

        Assert.Equal(["+of the project"], await ChangesAsync("base", "project"));
        Assert.Equal(["+of the collection"], await ChangesAsync("base", "collection"));
        Assert.Equal(["-of the collection", "+of the project"], await ChangesAsync("collection", "project"));
        Assert.Equal(["-of the collection", "+of upstream"], await ChangesAsync("collection", "upstream"));
        Assert.Equal(["+of the collection"], await ChangesAsync($"snapshot:{snapshot}", "collection"));
        Assert.Equal(["+of upstream"], await ChangesAsync("base", "upstream", withProject: false));
        Assert.Empty(await ChangesAsync("project", "project"));
        Assert.Equal(before, scene.Tree());

        async Task<IEnumerable<string>> ChangesAsync(string from, string to, bool withProject = true)
        {
            var request = new CompareRequest { Artifact = "skill:notes", Project = withProject ? scene.Project : null, From = CompareSide.Parse(from), To = CompareSide.Parse(to) };
            return (await new ArtifactComparer(scene.Store, scene.Environment).CompareAsync(request, session, Cancellation)).Files
                .SelectMany(file => file.Hunks).SelectMany(hunk => hunk.Lines).Where(line => line.Kind != DiffLineKind.Context).Select(line => line.ToString());
        }
    }

    [Fact]
    public async Task A_side_without_the_artifact_has_no_files()
    {
        using var scene = await DeployedAsync();
        Directory.Delete(scene.InProject(".claude/skills/notes"), recursive: true);
        File.Delete(scene.InProject(".claude/commands/review.md"));
        await new SkillMeat.Removals.ArtifactRemover(scene.Store).RemoveAsync(new SkillMeat.Removals.RemoveRequest { Artifacts = ["review"] }, Cancellation);

        Assert.All((await CompareAsync(scene, "notes", CompareSide.Collection, CompareSide.Project)).Files, file => Assert.Equal(FileUpdateKind.Deleted, file.Change));
        Assert.Equal(ErrorIds.ArtifactNotFound, (await Assert.ThrowsAsync<SkillMeatException>(() => CompareAsync(scene, "review", CompareSide.Collection, CompareSide.Project))).ErrorId);
        Assert.Equal(ErrorIds.SnapshotNotFound, (await Assert.ThrowsAsync<SkillMeatException>(() => CompareAsync(scene, "notes", CompareSide.Parse("snapshot:20200101-000000-000000"), CompareSide.Project))).ErrorId);
        Assert.Equal(ErrorIds.ArtifactNotFound, (await Assert.ThrowsAsync<SkillMeatException>(() => CompareAsync(scene, "nothing", CompareSide.Collection, CompareSide.Project))).ErrorId);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_executable_bit_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is none");
        using var scene = await DeployedAsync();
        File.SetUnixFileMode(scene.InProject(Copy), (UnixFileMode)0x1ed);

        Assert.Equal(("SKILL.md", "It becomes executable."), Assert.Single((await CompareAsync(scene, "notes", CompareSide.Collection, CompareSide.Project)).Files) is var file ? (file.Path, file.Note) : default);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_difftool_gets_copies_of_both_sides()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the tool of the test is a shell script");
        using var scene = await DeployedAsync();
        await File.AppendAllTextAsync(scene.InProject(Copy), "mine\n", Cancellation);
        var (tool, seen) = (Path.Combine(scene.Place, "my tool.sh"), Path.Combine(scene.Place, "seen"));
        await File.WriteAllTextAsync(tool, "#!/bin/sh\n[ \"$1\" = --flag ] || exit 9\nls \"$2\" > '" + seen + "'; diff -r \"$2\" \"$3\" >> '" + seen + "'; echo spoiled > \"$2/SKILL.md\"; exit 1\n", Cancellation);
        File.SetUnixFileMode(tool, (UnixFileMode)0x1ed);

        await OpenAsync($"'{tool}' --flag");

        Assert.Contains("> mine", await File.ReadAllTextAsync(seen, Cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain("spoiled", await File.ReadAllTextAsync(scene.InCollection(Original), Cancellation), StringComparison.Ordinal);
        Assert.Contains("exit code 9", (await Assert.ThrowsAsync<SkillMeatException>(() => OpenAsync($"'{tool}'"))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be started", (await Assert.ThrowsAsync<SkillMeatException>(() => OpenAsync("/no/such/tool"))).Message, StringComparison.Ordinal);

        Task<ArtifactComparison> OpenAsync(string command) => new ArtifactComparer(scene.Store, name => name == "SKILLMEAT_DIFFTOOL" ? command : scene.Environment(name))
            .OpenToolAsync(new CompareRequest { Artifact = "notes", Project = scene.Project, From = CompareSide.Collection, To = CompareSide.Project }, session: null, Cancellation);
    }

    [Theory]
    [InlineData("")]
    [InlineData("snapshot:")]
    [InlineData("elsewhere")]
    public void Unknown_sides_are_errors(string text) => Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<SkillMeatException>(() => CompareSide.Parse(text)).ErrorId);

    private static async Task<ProjectScene> DeployedAsync()
    {
        var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        return scene;
    }

    private static Task<ArtifactComparison> CompareAsync(ProjectScene scene, string artifact, CompareSide from, CompareSide to) =>
        new ArtifactComparer(scene.Store, scene.Environment).CompareAsync(new CompareRequest { Artifact = artifact, Project = scene.Project, From = from, To = to }, session: null, Cancellation);

    private static async Task<string> DiffOfGitAsync(ProjectScene scene)
    {
        var start = SkillMeat.Tests.Upstream.Git.GitSandbox.StartInfo(scene.Place, ["diff", "--no-index", scene.InCollection("commands/review.md"), scene.InProject(".claude/commands/review.md")]);
        using var process = System.Diagnostics.Process.Start(start)!;
        process.StandardInput.Close();
        var text = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        // Behind a header, git shows the line that a hunk is in.
        var lines = text.Split('\n').SkipWhile(line => !line.StartsWith("@@", StringComparison.Ordinal)).Select(line => line.StartsWith("@@", StringComparison.Ordinal) ? line[..(line.IndexOf("@@", 2, StringComparison.Ordinal) + 2)] : line);
        return string.Join('\n', lines);
    }
}
