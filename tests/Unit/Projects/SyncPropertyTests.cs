using System.Diagnostics;
using System.Globalization;
using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Syncing;
using SkillMeat.Tests.Support;
using SkillMeat.Tests.Upstream.Git;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Random edits on both sides and then a sync: nothing is lost, and no drift is left.</summary>
public sealed class SyncPropertyTests(ITestOutputHelper output)
{
    private static readonly string[] _names = ["alpha", "beta", "gamma"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_sync_has_the_result_of_git_or_changes_nothing(int seed)
    {
        using var place = TestHome.None();
        var random = new Random(seed);
        var store = await StartAsync(place, "home", random);
        var project = await DeployAsync(place, store);
        var (merged, conflicts) = (0, 0);
        for (var round = 0; round < 25; round++)
        {
            var bases = _names.ToDictionary(name => name, name => Read(InCollection(store, name)));
            foreach (var name in _names)
            {
                if (random.Next(4) > 0) Edit(random, InCollection(store, name), $"c{round}");
                if (random.Next(4) > 0) Edit(random, InProject(project, name), $"p{round}");
            }

            var sides = _names.ToDictionary(name => name, name => (Collection: Read(InCollection(store, name)), Project: Read(InProject(project, name))));
            var entries = await SyncAsync(store, new SyncRequest { Projects = [project] });
            foreach (var entry in entries)
            {
                var (collection, copy) = sides[entry.Name];
                var expected = Merge(place.Place, bases[entry.Name], copy, collection);
                var story = $"seed {seed}, round {round}, {entry.Name}: {entry.Status} {entry.Reason}";
                Assert.True(expected is null == (entry.Status == SyncStatus.Conflict), story);
                AssertSame(expected ?? collection, Read(InCollection(store, entry.Name)), story);
                AssertSame(expected ?? copy, Read(InProject(project, entry.Name)), story);
                if (expected is null) conflicts++;
                else if (entry.Status == SyncStatus.Merged) merged++;
            }

            var open = entries.Where(entry => entry.Status == SyncStatus.Conflict).Select(entry => entry.ArtifactId).ToList();
            Assert.Equal(open, Drift(store, project).Select(drift => drift.ArtifactId));
            if (open.Count == 0) continue;
            var resolved = await SyncAsync(store, new SyncRequest { Projects = [project], Names = [.. open.Select(NamePattern.Simple)], ResolveWith = random.Next(2) == 0 ? SyncResolution.Project : SyncResolution.Collection });
            Assert.All(resolved, entry => Assert.True(entry.ChangesArtifact(), $"{entry.Status} {entry.Reason}"));
            Assert.Empty(Drift(store, project));
        }

        Assert.True(merged > 3 && conflicts > 3, $"{merged} merged, {conflicts} conflicts");
        output.WriteLine($"{merged} merged, {conflicts} conflicts");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Two_homes_that_sync_one_project_lose_nothing(int seed)
    {
        using var place = TestHome.None();
        var random = new Random(seed);
        var first = await StartAsync(place, "first", random);
        var second = await StartAsync(place, "second", random, isNew: false);
        var project = await DeployAsync(place, first);
        await DeployAsync(place, second);
        var (everything, conflicts) = (new HashSet<string>(StringComparer.Ordinal), 0);
        for (var round = 0; round < 15; round++)
        {
            foreach (var name in _names)
            {
                foreach (var (folder, mark) in new[] { (InCollection(first, name), "f"), (InCollection(second, name), "s"), (InProject(project, name), "p") })
                {
                    if (random.Next(3) == 0) everything.Add(Insert(random, folder, $"{mark}{round}{name}"));
                }
            }

            // The last ones bring to each home what the other brought to the project.
            foreach (var store in new[] { first, second, first, second })
            {
                foreach (var entry in (await SyncAsync(store, new SyncRequest { Projects = [project] })).Where(entry => entry.Status == SyncStatus.Conflict))
                {
                    conflicts++;
                    UniteByHand(InCollection(store, entry.Name), InProject(project, entry.Name), place.Place);
                    var resolution = SyncResolution.Parse(Path.Combine(place.Place, "united"), place.Place);
                    Assert.True((await SyncAsync(store, new SyncRequest { Projects = [project], Names = [NamePattern.Simple(entry.Name)], ResolveWith = resolution })).Single().ChangesArtifact());
                }
            }

            foreach (var name in _names)
            {
                var copy = Read(InProject(project, name));
                AssertSame(copy, Read(InCollection(first, name)), $"seed {seed}, round {round}, the first home");
                AssertSame(copy, Read(InCollection(second, name)), $"seed {seed}, round {round}, the second home");
            }

            var text = string.Concat(_names.SelectMany(name => Read(InProject(project, name)).Values));
            Assert.All(everything, token => Assert.Contains(token, text, StringComparison.Ordinal));
            Assert.Empty(Drift(first, project));
            Assert.Empty(Drift(second, project));
        }

        output.WriteLine($"{everything.Count} edits, {conflicts} conflicts");
    }

    [Fact]
    public async Task Several_that_sync_one_project_at_once_lose_nothing()
    {
        using var place = TestHome.None();
        var random = new Random(5);
        var first = await StartAsync(place, "first", random);
        var second = await StartAsync(place, "second", random, isNew: false);
        var project = await DeployAsync(place, first);
        await DeployAsync(place, second);
        var tokens = new List<string>();
        for (var round = 0; round < 6; round++)
        {
            foreach (var name in _names)
            {
                // Far enough from each other that they merge.
                tokens.Add(InsertAt(InCollection(first, name), 5, $"f{round}{name}"));
                tokens.Add(InsertAt(InCollection(second, name), 20, $"s{round}{name}"));
                tokens.Add(InsertAt(InProject(project, name), 35, $"p{round}{name}"));
            }

            string[] homes = ["first", "first", "second", "second"];
            await Task.WhenAll(homes.Select(home => Task.Run(async () =>
            {
                for (var times = 0; times < 3; times++)
                {
                    var entries = await SyncAsync(CollectionStore.Open(Path.Combine(place.Place, home)), new SyncRequest { Projects = [project], LockTimeout = TimeSpan.FromSeconds(60) });
                    Assert.All(entries, entry => Assert.True(entry.Status is not (SyncStatus.Conflict or SyncStatus.Error), $"{entry.Status} {entry.Reason}"));
                }
            }, Cancellation)));
            foreach (var store in new[] { first, second, first }) await SyncAsync(store, new SyncRequest { Projects = [project] });
            foreach (var name in _names)
            {
                AssertSame(Read(InProject(project, name)), Read(InCollection(first, name)), name);
                AssertSame(Read(InProject(project, name)), Read(InCollection(second, name)), name);
            }
        }

        var text = string.Concat(_names.SelectMany(name => Read(InProject(project, name)).Values));
        Assert.All(tokens, token => Assert.Contains(token, text, StringComparison.Ordinal));
        Assert.Empty(Drift(first, project));
        Assert.Empty(Directory.GetFileSystemEntries(place.Place, ".skm-*", SearchOption.AllDirectories));
    }

    private static async Task<CollectionStore> StartAsync(TestHome place, string home, Random random, bool isNew = true)
    {
        var store = await CollectionStore.InitializeAsync(Path.Combine(place.Place, home), TimeSpan.FromSeconds(60));
        foreach (var name in _names.Where(_ => isNew))
        {
            place.WriteUpstream($"skills/{name}/SKILL.md", $"---\nname: {name}\ndescription: About {name}\n---\n{string.Concat(Enumerable.Range(0, 50).Select(line => $"{name} line {line}\n"))}");
            for (var file = 0; file < 4; file++) place.WriteUpstream($"skills/{name}/files/{file}.md", string.Concat(Enumerable.Range(0, 12).Select(line => $"{name} {file} {line} {random.Next()}\n")));
        }

        using var session = UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = _ => null });
        var artifacts = _names.Select(name => new ArtifactAddition(Path.Combine(place.Place, "upstream", "skills", name)));
        var added = await new ArtifactAdder(store, session).AddAsync(new AddRequest { Artifacts = [.. artifacts], BaseFolder = place.Place }, Cancellation);
        Assert.All(added, entry => Assert.Equal(AddStatus.Added, entry.Status));
        return store;
    }

    private static async Task<string> DeployAsync(TestHome place, CollectionStore store)
    {
        var project = Directory.CreateDirectory(Path.Combine(place.Place, "project")).FullName;
        await new ArtifactDeployer(store, _ => null).DeployAsync(new DeployRequest { All = true, Projects = [project] }, Cancellation);
        return project;
    }

    private static async Task<IReadOnlyList<SyncEntry>> SyncAsync(CollectionStore store, SyncRequest request) => (await new ProjectSyncer(store, _ => null).SyncAsync(request, Cancellation)).Entries;

    private static ItemList<ArtifactDrift> Drift(CollectionStore store, string project) => new DriftChecker(store, _ => null).Check(new DriftRequest { Projects = [project] }, Cancellation).Artifacts;

    private static string InCollection(CollectionStore store, string name) => Path.Combine(store.Home, "collections", "default", "skills", name);

    private static string InProject(string project, string name) => Path.Combine(project, ".claude", "skills", name);

    private static SortedDictionary<string, string> Read(string folder) =>
        new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText), StringComparer.Ordinal);

    private static void AssertSame(SortedDictionary<string, string> expected, SortedDictionary<string, string> found, string story) =>
        Assert.True(expected.Count == found.Count && expected.All(file => found.GetValueOrDefault(file.Key) == file.Value), $"{story}\nexpected {string.Join('\n', expected)}\nfound {string.Join('\n', found)}");

    // Adds, changes and deletes lines and files. The front matter stays, so that the skill is one.
    private static void Edit(Random random, string folder, string mark)
    {
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var files = Read(folder).Keys.ToList();
            var file = Path.Combine(folder, files[random.Next(files.Count)]);
            switch (random.Next(8))
            {
                case 0:
                    File.WriteAllText(Path.Combine(folder, "files", $"{mark}{random.Next(5)}.md"), string.Concat(Enumerable.Range(0, 10).Select(_ => $"{random.Next()}\n")));
                    break;
                case 1 when !file.EndsWith("SKILL.md", StringComparison.Ordinal) && files.Count > 3:
                    File.Delete(file);
                    break;
                case 2:
                    File.WriteAllText(Path.Combine(folder, "files", "both.md"), $"{random.Next(3)}\n");
                    break;
                default:
                    EditLines(random, file, mark);
                    break;
            }
        }
    }

    private static void EditLines(Random random, string file, string mark)
    {
        var lines = File.ReadAllText(file).Split('\n').ToList();
        var first = file.EndsWith("SKILL.md", StringComparison.Ordinal) ? 4 : 0;
        var at = first + random.Next(Math.Max(1, lines.Count - first));
        if (random.Next(3) == 0 && at < lines.Count) lines.RemoveAt(at);
        else if (random.Next(2) == 0 && at < lines.Count) lines[at] = $"{mark} {random.Next()}";
        else lines.Insert(Math.Min(at, lines.Count), $"{mark} {random.Next()}");
        File.WriteAllText(file, string.Join('\n', lines));
    }

    private static string Insert(Random random, string folder, string mark)
    {
        if (random.Next(4) > 0) return InsertAt(folder, random.Next(4, 50), $"{mark}-{random.Next()}");
        File.WriteAllText(Path.Combine(folder, "files", $"{mark}.md"), $"{mark}-{random.Next().ToString(CultureInfo.InvariantCulture)}-new\n");
        return File.ReadAllText(Path.Combine(folder, "files", $"{mark}.md")).TrimEnd('\n');
    }

    private static string InsertAt(string folder, int line, string token)
    {
        var file = Path.Combine(folder, "SKILL.md");
        var lines = File.ReadAllText(file).Split('\n').ToList();
        // Found again by the text of a first line, wherever it has moved.
        var at = lines.FindIndex(text => text.EndsWith($" line {line}", StringComparison.Ordinal));
        lines.Insert(at < 0 ? line : at + 1, token);
        File.WriteAllText(file, string.Join('\n', lines));
        return token;
    }

    private static void UniteByHand(string collection, string copy, string place)
    {
        var united = Path.Combine(place, "united");
        if (Directory.Exists(united)) Directory.Delete(united, recursive: true);
        TreeCopy.Make(copy, united);
        foreach (var (path, text) in Read(collection))
        {
            var file = Path.Combine(united, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (!File.Exists(file)) File.WriteAllText(file, text);
            else File.AppendAllText(file, string.Concat(text.Split('\n').Except(File.ReadAllText(file).Split('\n')).Select(line => line + "\n")));
        }
    }

    // By file, and by git for texts that both sides changed. Null for a conflict.
    private static SortedDictionary<string, string>? Merge(string place, IReadOnlyDictionary<string, string> baseFiles, IReadOnlyDictionary<string, string> local, IReadOnlyDictionary<string, string> other)
    {
        var merged = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in baseFiles.Keys.Union(local.Keys).Union(other.Keys))
        {
            var (one, mine, theirs) = (baseFiles.GetValueOrDefault(path), local.GetValueOrDefault(path), other.GetValueOrDefault(path));
            var result = mine == theirs || theirs == one ? mine : mine == one ? theirs : null;
            if (result is null && mine != theirs && theirs != one && mine != one)
            {
                if (mine is null || theirs is null) return null;
                result = MergeTexts(place, one ?? "", mine, theirs);
                if (result is null) return null;
            }

            if (result is not null) merged[path] = result;
        }

        return merged;
    }

    private static string? MergeTexts(string place, string baseText, string mine, string theirs)
    {
        var files = new[] { "mine", "base", "theirs" }.Select(name => Path.Combine(place, name)).ToArray();
        foreach (var (file, text) in files.Zip([mine, baseText, theirs])) File.WriteAllText(file, text);
        using var process = Process.Start(GitSandbox.StartInfo(place, ["merge-file", "-p", .. files]))!;
        process.StandardInput.Close();
        var merged = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? merged : null;
    }
}
