using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Syncing;
using SkillMeat.Removals;
using SkillMeat.Snapshots;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Every combination of changes on both sides, for all types, files and folders, copies and links: drift, and each way of a sync, are those of a table.</summary>
public sealed class SyncMatrixTests
{
    private const string Top = "TOP-base";
    private const string Bottom = "BOTTOM-base";

    // A folder of several files, folders of one file, and single files.
    private static readonly MatrixArtifact[] _artifacts =
    [
        new("skill:notes", "skills/notes", "SKILL.md"), new("skill:solo", "skills/solo", "SKILL.md"), new("command:review", "commands/review.md", ""),
        new("agent:helper-bot", "agents/helper-bot.md", ""), new("hook:guard", "hooks/guard", "settings.json"), new("mcp:files", "mcp/files", ".mcp.json"),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // A side is as it was deployed, changed in one place, changed in the other place, changed in the same place as the other side, or gone. A link can be replaced by an edited copy.
    public static TheoryData<string, string, DeployMode> Cells
    {
        get
        {
            var cells = new TheoryData<string, string, DeployMode>();
            foreach (var collection in new[] { "same", "top", "gone" })
            {
                foreach (var project in new[] { "same", "bottom", "gone" })
                {
                    cells.Add(collection, project, DeployMode.Copy);
                    cells.Add(collection, project, DeployMode.Link);
                }
            }

            cells.Add("top", "other top", DeployMode.Copy);
            cells.Add("top", "top", DeployMode.Copy);
            foreach (var collection in new[] { "same", "top", "gone" }) cells.Add(collection, "replaced", DeployMode.Link);
            // The manifest lists it, and its files are gone.
            foreach (var project in new[] { "same", "bottom", "gone" }) cells.Add("emptied", project, DeployMode.Copy);
            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_cell_drifts_and_syncs_as_the_table_says_and_loses_nothing(string collection, string project, DeployMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && mode == DeployMode.Link, "links to files need a privilege there");
        // An edit through a link to files that are gone has no place.
        if (mode == DeployMode.Link && (collection, project) == ("gone", "bottom")) return;
        using var scene = await StartAsync();
        await scene.DeployAsync(scene.Request() with { Mode = mode });
        foreach (var artifact in _artifacts)
        {
            Change(scene.InProject($".claude/{artifact.Path}"), artifact, project, "p");
            if (collection == "gone") await new ArtifactRemover(scene.Store).RemoveAsync(new() { Artifacts = [artifact.Id], SkipSnapshot = true }, Cancellation);
            else Change(scene.InCollection(artifact.Path), artifact, collection, "c");
        }

        var isLink = mode == DeployMode.Link && project is not ("gone" or "replaced");
        var facts = new MatrixFacts(collection, project, isLink);
        var drift = Check(scene);
        Assert.Equal(_artifacts.Select(one => $"{one.Id} {facts.State} {facts.Origin} {facts.Recommendation}"), drift.Select(one => $"{one.ArtifactId} {one.State} {one.ChangeOrigin} {one.Recommendation}"));
        foreach (var (artifact, one) in _artifacts.Zip(drift))
        {
            Assert.Equal(facts.ChangesFiles ? artifact.ChangedFiles(collection, project) : Array.Empty<string>(), one.ChangedFiles);
            Assert.Equal(facts.ChangesFiles && artifact.HasFrontMatter && (collection == "top" || project == "other top") ? new[] { "description" } : [], one.ChangedFields.Select(field => field.Field));
            Assert.Equal(isLink, one.IsLink);
        }

        var template = Path.Combine(scene.Place, "template");
        foreach (var part in Parts(scene)) TreeCopy.Make(part, Path.Combine(template, Path.GetFileName(part)));
        foreach (var way in Enum.GetValues<MatrixWay>())
        {
            foreach (var part in Parts(scene))
            {
                TreeCopy.Delete(part);
                TreeCopy.Make(Path.Combine(template, Path.GetFileName(part)), part);
            }

            await AssertSyncAsync(scene, facts, way);
        }
    }

    private static async Task AssertSyncAsync(ProjectScene scene, MatrixFacts facts, MatrixWay way)
    {
        var story = $"{facts.Collection} in the collection, {facts.Project} in the project, {way}";
        var (before, expected) = (Everything(scene), facts.Sync(way));
        var marks = new[] { "TOP-c", "TOP-p", "BOTTOM-p", "new-c", "new-p" }.Where(mark => before.Contains(mark, StringComparison.Ordinal)).ToList();
        var request = new SyncRequest
        {
            Projects = [scene.Project],
            Direction = way switch { MatrixWay.Push or MatrixWay.OverwritePush => SyncDirection.Push, MatrixWay.Pull or MatrixWay.OverwritePull => SyncDirection.Pull, _ => SyncDirection.Both },
            Strategy = way is MatrixWay.OverwritePush or MatrixWay.OverwritePull ? SyncStrategy.Overwrite : SyncStrategy.Merge,
        };
        var syncer = new ProjectSyncer(scene.Store, scene.Environment);
        var dry = await syncer.SyncAsync(request with { DryRun = true }, Cancellation);
        Assert.True(before == Everything(scene), story);

        var entries = (await syncer.SyncAsync(request, Cancellation)).Entries;

        AssertAll(expected.Status, entries, story);
        AssertAll(expected.Status, dry.Entries, $"{story}, as a dry run");
        foreach (var artifact in _artifacts)
        {
            AssertSide(scene.InProject($".claude/{artifact.Path}"), artifact, expected.Project, $"{story}: {artifact.Id} in the project");
            AssertSide(scene.InCollection(artifact.Path), artifact, expected.Collection, $"{story}: {artifact.Id} in the collection");
        }

        Assert.Equal($"{story}: {string.Join(' ', _artifacts.Select(one => $"{one.Id} {expected.State}"))}", $"{story}: {string.Join(' ', Check(scene).Select(one => $"{one.ArtifactId} {one.State}"))}");
        if (!expected.Changes) Assert.True(before == Everything(scene), story);
        var after = Everything(scene);
        AssertAll(expected.Changes ? SyncStatus.Unchanged : expected.Status, (await syncer.SyncAsync(request, Cancellation)).Entries, $"{story}, again");
        Assert.True(after == Everything(scene), $"{story}: a second sync changes something");
        // Last, because it restores the snapshot.
        foreach (var mark in marks) Assert.True(await IsFoundAsync(scene, entries, mark), $"{story}: {mark} is lost");
    }

    private static void AssertAll(SyncStatus expected, IEnumerable<SyncEntry> entries, string story)
    {
        var found = entries.OrderBy(entry => IndexOf(entry.ArtifactId)).Select(entry => $"{entry.ArtifactId} {entry.Status}");
        Assert.Equal($"{story}: {string.Join(' ', _artifacts.Select(one => $"{one.Id} {expected}"))}", $"{story}: {string.Join(' ', found)}");
    }

    private static int IndexOf(string id) => Array.FindIndex(_artifacts, artifact => artifact.Id == id);

    // Null for what is not there.
    private static void AssertSide(string path, MatrixArtifact artifact, MatrixText? expected, string story)
    {
        var file = artifact.File.Length == 0 ? path : Path.Combine(path, artifact.File);
        // A link that leads nowhere exists.
        Assert.True((File.Exists(file) && new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.Exists != false) == expected is not null, story);
        if (expected is null) return;
        var text = File.ReadAllText(file);
        Assert.True(text == Text(artifact, expected.Top, expected.Bottom), $"{story}:\n{text}");
        if (artifact.File.Length == 0) return;
        Assert.True(expected.HasNewOfCollection == File.Exists(Path.Combine(path, "new-c.md")), $"{story}: new-c.md");
        Assert.True(expected.HasNewOfProject == File.Exists(Path.Combine(path, "new-p.md")), $"{story}: new-p.md");
    }

    private static async Task<bool> IsFoundAsync(ProjectScene scene, IEnumerable<SyncEntry> entries, string mark)
    {
        if (Everything(scene).Contains(mark, StringComparison.Ordinal)) return true;
        if (File.Exists(SkillMeat.Baselines.KeptContentList.PathOf(scene.Store.Home, scene.Project)) && await KeptTexts.HaveAsync(scene, mark)) return true;
        if (entries.First().SnapshotId is not { } snapshot) return false;
        await new CollectionSnapshots(scene.Store).RestoreAsync(null, snapshot, [], TimeSpan.FromSeconds(10), Cancellation);
        return Everything(scene).Contains(mark, StringComparison.Ordinal);
    }

    private static async Task<ProjectScene> StartAsync()
    {
        var scene = await ProjectScene.StartAsync();
        await scene.AddAsync("skill", "skills/solo/SKILL.md", "---\nname: solo\ndescription: Alone\n---\n");
        foreach (var artifact in _artifacts)
        {
            var path = scene.InCollection(artifact.Path);
            await File.WriteAllTextAsync(artifact.File.Length == 0 ? path : Path.Combine(path, artifact.File), Text(artifact, Top, Bottom), Cancellation);
        }

        return scene;
    }

    private static string Text(MatrixArtifact artifact, string top, string bottom)
    {
        var middle = Enumerable.Range(0, 9);
        if (artifact.HasFrontMatter) return $"---\nname: {artifact.Id.Split(':')[1]}\ndescription: {top}\n---\n{string.Concat(middle.Select(line => $"Line {line}\n"))}{bottom}\n";
        var content = artifact.Id.StartsWith("hook", StringComparison.Ordinal)
            ? "\"hooks\": {\"Stop\": [{\"hooks\": [{\"type\": \"command\", \"command\": \"say done\"}]}]}"
            : "\"mcpServers\": {\"files\": {\"command\": \"npx\"}}";
        return $"{{\n  \"top\": \"{top}\",\n{string.Concat(middle.Select(line => $"  \"line{line}\": {line},\n"))}  {content},\n  \"bottom\": \"{bottom}\"\n}}\n";
    }

    private static void Change(string path, MatrixArtifact artifact, string change, string side)
    {
        var file = artifact.File.Length == 0 ? path : Path.Combine(path, artifact.File);
        switch (change)
        {
            case "gone" or "emptied":
                if (new FileInfo(path).LinkTarget is not null || File.Exists(path)) File.Delete(path);
                else Directory.Delete(path, recursive: true);
                return;
            case "replaced":
                File.Delete(path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, Text(artifact, Top, "BOTTOM-p"));
                break;
            case "bottom":
                File.WriteAllText(file, File.ReadAllText(file).Replace(Bottom, "BOTTOM-p", StringComparison.Ordinal));
                break;
            case "top" or "other top":
                File.WriteAllText(file, File.ReadAllText(file).Replace(Top, change == "top" ? "TOP-c" : "TOP-p", StringComparison.Ordinal));
                break;
            default:
                return;
        }

        if (artifact.File.Length > 0) File.WriteAllText(Path.Combine(path, change == "top" ? "new-c.md" : $"new-{side}.md"), change == "top" ? "new-c\n" : $"new-{side}\n");
    }

    private static IReadOnlyList<ArtifactDrift> Check(ProjectScene scene)
    {
        var checker = new DriftChecker(scene.Store, scene.Environment);
        var results = new[] { false, false, true }.Select(isFull => checker.Check(new DriftRequest { Projects = [scene.Project], IncludeInSync = true, IsFull = isFull }, Cancellation)).ToList();
        Assert.All(results, one => Assert.Empty(one.Problems));
        Assert.All(results, one => Assert.Equal(results[0].Artifacts, one.Artifacts));
        return [.. results[0].Artifacts.OrderBy(one => IndexOf(one.ArtifactId))];
    }

    private static string[] Parts(ProjectScene scene) => [scene.Store.Home, scene.Project];

    private static string Everything(ProjectScene scene) => $"{scene.Tree()}\n{ProjectScene.TreeOf(scene.CollectionFolder)}";
}
