using System.Globalization;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Storage;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Recovery;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>A deployment with links and activations, and its removal, that fail from a step on, as in a process that dies: the old or the new state in projects, records, settings and home together.</summary>
public sealed class DeployCrashTests(ITestOutputHelper output)
{
    // With 1 in the environment, all steps are tested.
    private static int EveryNth => int.TryParse(Environment.GetEnvironmentVariable("SKILLMEAT_CRASH_EVERY"), CultureInfo.InvariantCulture, out var number) ? number : 16;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("link")]
    [InlineData("copy")]
    [InlineData("remove")]
    public async Task All_is_old_or_new_whichever_step_is_the_last_one(string operation)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        await PrepareAsync(scene, operation);
        var template = Path.Combine(scene.Place, "template");
        foreach (var part in Parts(scene)) TreeCopy.Make(part, Path.Combine(template, Path.GetFileName(part)));
        var before = State(scene);
        var faults = new Faults();
        await RunAsync(scene, operation, faults);
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

            var situation = $"{operation} died before step {step} ({faults.Steps[step - 1]})";
            var last = step;
            var error = await Record.ExceptionAsync(() => RunAsync(scene, operation, new Faults((number, _, _) =>
            {
                if (number >= last) throw Faults.Denied;
            })));
            Assert.True(error is null or SkillMeatException, $"{situation}: {error}");

            var notices = CollectionStore.Open(scene.Store.Home).Notices;

            Assert.True(notices.All(notice => notice.StartsWith("An interrupted change was", StringComparison.Ordinal)), $"{situation}: {string.Join('\n', notices)}");
            foreach (var part in Parts(scene)) foreach (var left in Directory.GetFiles(part, ".skm-lock", SearchOption.AllDirectories)) File.Delete(left);
            var state = State(scene);
            Assert.True(state == before || state == after, $"{situation}, and then: from old\n{HomeState.Difference(before, state)}\nfrom new\n{HomeState.Difference(after, state)}");
            if (state == after) news++;
            if (step % 4 != 0) continue;
            if (state != after) await RunAsync(scene, operation, faults: null);
            Assert.True(HomeState.Difference(after, State(scene)).Length == 0, $"{situation}, and then again:\n{HomeState.Difference(after, State(scene))}");
        }

        Assert.True(news > 0);
        output.WriteLine($"{operation}: {faults.Steps.Count} steps, {news} times new");
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

    private static async Task PrepareAsync(ProjectScene scene, string operation)
    {
        Directory.CreateDirectory(scene.InProject(".claude"));
        await File.WriteAllTextAsync(scene.InProject(".claude/settings.json"), "{ \"model\": \"opus\" } // mine\n", Cancellation);
        await File.WriteAllTextAsync(scene.InProject("README.md"), "of the user", Cancellation);
        var request = Request(scene);
        switch (operation)
        {
            case "link":
                await scene.Deployer.DeployAsync(request with { Artifacts = ["notes", "review"], All = false, Activate = false }, Cancellation);
                break;
            case "copy":
                await scene.Deployer.DeployAsync(request with { Mode = DeployMode.Link, Activate = false }, Cancellation);
                break;
            default:
                await scene.Deployer.DeployAsync(request with { Artifacts = ["notes", "guard"], All = false }, Cancellation);
                await scene.Deployer.DeployAsync(request with { Artifacts = ["review", "files"], All = false, Mode = DeployMode.Link }, Cancellation);
                await File.WriteAllTextAsync(scene.InProject(".claude/skills/notes/mine.md"), "mine", Cancellation);
                break;
        }
    }

    private static async Task RunAsync(ProjectScene scene, string operation, Faults? faults)
    {
        var deployer = new ArtifactDeployer(CollectionStore.Open(scene.Store.Home, new FixedTime(), faults), scene.Environment);
        if (operation == "remove") await deployer.UndeployAsync(Request(scene), Cancellation);
        else await deployer.DeployAsync(Request(scene) with { Mode = operation == "link" ? DeployMode.Link : DeployMode.Copy }, Cancellation);
    }

    private static DeployRequest Request(ProjectScene scene) => scene.Request() with { IncludeUser = true, Activate = true };

    private static string[] Parts(ProjectScene scene) => [scene.Store.Home, scene.Project, scene.User];

    private static string State(ProjectScene scene) => string.Join('\n', Parts(scene).SelectMany(part => HomeState.Read(part).Split('\n').Select(line => $"{Path.GetFileName(part)}/{line}")));
}
