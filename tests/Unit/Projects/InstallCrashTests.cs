using System.Globalization;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Desired;
using SkillMeat.Storage;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Recovery;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>An installation of a project's file that fails from a step on, as in a process that dies: collection, project and records are old or new together.</summary>
public sealed class InstallCrashTests(ITestOutputHelper output)
{
    private const string Wanted = """
        [[artifacts]]
        id = "skill:notes"
        [[artifacts]]
        id = "skill:own"
        source = "./vendor/skills/own"
        profiles = ["claude_code", "codex"]
        [[artifacts]]
        id = "command:tidy"
        source = "./vendor/commands/tidy.md"
        mode = "link"
        [[artifacts]]
        id = "skill:nowhere"
        source = "./vendor/skills/nowhere"

        """;

    // With 1 in the environment, all steps are tested.
    private static int EveryNth => int.TryParse(Environment.GetEnvironmentVariable("SKILLMEAT_CRASH_EVERY"), CultureInfo.InvariantCulture, out var number) ? number : 16;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_is_old_or_new_whichever_step_fails_or_is_the_last_one(bool isDead)
    {
        using var scene = await StartAsync();
        var template = Path.Combine(scene.Place, "template");
        foreach (var part in Parts(scene)) TreeCopy.Make(part, Path.Combine(template, Path.GetFileName(part)));
        var before = State(scene);
        var faults = new Faults();
        await RunAsync(scene, faults);
        var after = State(scene);
        Assert.NotEqual(before, after);
        var news = 0;
        foreach (var step in ChooseSteps(faults.Steps))
        {
            foreach (var part in Parts(scene))
            {
                TreeCopy.Delete(part);
                TreeCopy.Make(Path.Combine(template, Path.GetFileName(part)), part);
            }

            var situation = $"{(isDead ? "died before" : "failed at")} step {step} ({faults.Steps[step - 1]})";
            var error = await Record.ExceptionAsync(() => RunAsync(scene, new Faults((number, _, _) =>
            {
                if (number == step || (isDead && number > step)) throw Faults.Denied;
            })));
            Assert.True(error is null or SkillMeatException, $"{situation}: {error}");

            var notices = CollectionStore.Open(scene.Store.Home).Notices;

            Assert.True(notices.All(notice => notice.StartsWith("An interrupted change was", StringComparison.Ordinal)), $"{situation}: {string.Join('\n', notices)}");
            foreach (var part in Parts(scene)) foreach (var left in Directory.GetFiles(part, ".skm-lock", SearchOption.AllDirectories)) File.Delete(left);
            var state = State(scene);
            Assert.True(state == before || state == after, $"{situation}, and then: from old\n{HomeState.Difference(before, state)}\nfrom new\n{HomeState.Difference(after, state)}");
            if (state == after) news++;
            // The second run ends in the same state.
            await RunAsync(scene, faults: null);
            Assert.True(HomeState.Difference(after, State(scene)).Length == 0, $"{situation}, and then again:\n{HomeState.Difference(after, State(scene))}");
        }

        Assert.True(news > 0);
        output.WriteLine($"{faults.Steps.Count} steps, {news} times new");
    }

    [Fact]
    public async Task A_project_that_cannot_be_changed_adds_nothing_to_the_collection()
    {
        using var scene = await StartAsync();
        var before = ProjectScene.TreeOf(scene.CollectionFolder);
        using (await scene.Store.Storage.LockAsync([], [scene.Project], TimeSpan.FromSeconds(10), Cancellation))
        {
            await Assert.ThrowsAsync<LockTimeoutException>(() => RunAsync(scene, faults: null));
        }

        Assert.Equal(before, ProjectScene.TreeOf(scene.CollectionFolder));
    }

    private static async Task<ProjectScene> StartAsync()
    {
        var scene = await ProjectScene.StartAsync();
        Write(scene, "vendor/skills/own/SKILL.md", "---\nname: own\ndescription: Own.\n---\nBody\n");
        Write(scene, "vendor/skills/own/more.md", "More\n");
        Write(scene, "vendor/commands/tidy.md", "---\ndescription: Tidies.\n---\nTidy up\n");
        Write(scene, "skillmeat.toml", Wanted);
        return scene;
    }

    private static async Task RunAsync(ProjectScene scene, Faults? faults)
    {
        var store = CollectionStore.Open(scene.Store.Home, new FixedTime(), faults);
        using var session = UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = scene.Environment });
        var request = new ProjectInstallRequest { Project = scene.Project, UseLinks = !OperatingSystem.IsWindows(), LockTimeout = TimeSpan.FromMilliseconds(500) };
        var outcomes = await new ProjectInstaller(store, scene.Environment).InstallAsync(request, session, Cancellation);
        Assert.Equal(["skill:notes", "skill:own", "skill:own", "command:tidy", "skill:nowhere"], outcomes.Select(one => one.ArtifactId));
        Assert.All(outcomes, one => Assert.Equal(one.ArtifactId == "skill:nowhere", one.Status == DeployStatus.Error));
    }

    // The first of each kind in each phase of the journal, and some of the rest.
    private static IEnumerable<int> ChooseSteps(List<(StorageStep Step, string Path)> steps)
    {
        var (seen, phase) = (new HashSet<(StorageStep, int)>(), 0);
        for (var number = 1; number <= steps.Count; number++)
        {
            if (seen.Add((steps[number - 1].Step, phase)) || number % EveryNth == 0) yield return number;
            if (steps[number - 1].Step == StorageStep.MoveJournal) phase++;
        }
    }

    private static void Write(ProjectScene scene, string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(scene.InProject(path))!);
        File.WriteAllText(scene.InProject(path), text);
    }

    private static string[] Parts(ProjectScene scene) => [scene.Store.Home, scene.Project];

    private static string State(ProjectScene scene) => string.Join('\n', Parts(scene).SelectMany(part => HomeState.Read(part).Split('\n').Select(line => $"{Path.GetFileName(part)}/{line}")));
}
