using System.Globalization;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Adoption;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>A file that somebody saves during a deployment, a removal or an adoption is not lost, whichever step it precedes. Of a sync, <see cref="SyncCrashTests"/> say so.</summary>
public sealed class SavedMeanwhileTests(ITestOutputHelper output)
{
    private const string Text = "Saved meanwhile";
    private const string Skill = "project/.claude/skills/notes/SKILL.md";
    private const string Command = "project/.claude/commands/review.md";
    private const string Records = "project/.claude/.skillmeat-deployed.toml";

    // With 1 in the environment, all steps are tested.
    private static int EveryNth => int.TryParse(Environment.GetEnvironmentVariable("SKILLMEAT_CRASH_EVERY"), CultureInfo.InvariantCulture, out var number) ? number : 16;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("deploy", Skill)]
    [InlineData("deploy", Command)]
    [InlineData("deploy", Records)]
    [InlineData("undeploy", Skill)]
    [InlineData("undeploy", Command)]
    [InlineData("undeploy", Records)]
    [InlineData("adopt", Skill)]
    [InlineData("adopt", Command)]
    [InlineData("adopt", Records)]
    public async Task It_is_not_lost(string operation, string file)
    {
        using var scene = await ProjectScene.StartAsync();
        await PrepareAsync(scene, operation);
        string[] parts = [scene.Store.Home, scene.Project];
        var template = Path.Combine(scene.Place, "template");
        foreach (var part in parts) TreeCopy.Make(part, Path.Combine(template, Path.GetFileName(part)));
        var faults = new Faults();
        await RunAsync(scene, operation, faults);
        var (path, saved, refused) = (Path.Combine(scene.Place, file), 0, 0);
        foreach (var step in ChooseSteps(faults.Steps))
        {
            foreach (var part in parts)
            {
                TreeCopy.Delete(part);
                TreeCopy.Make(Path.Combine(template, Path.GetFileName(part)), part);
            }

            var (kind, situation) = (faults.Steps[step - 1].Step, $"saved before step {step} ({faults.Steps[step - 1]}) of {operation}");
            // Between the last look at a file and its rename, nobody can see another program.
            if (kind is StorageStep.Rename or StorageStep.RenameFolder) continue;
            var isSaved = false;
            var error = await Record.ExceptionAsync(() => RunAsync(scene, operation, new Faults((number, _, _) =>
            {
                if (number == step) isSaved = TrySave(path);
            })));
            if (!isSaved) continue;
            saved++;
            if (error is not null) refused++;
            Assert.True(error is null or StorageException, $"{situation}: {error}");
            var store = CollectionStore.Open(scene.Store.Home);
            Assert.True(Holds(scene.Project) || (File.Exists(KeptPath(scene)) && await KeptTexts.HaveAsync(store, scene.Project, Text)), $"{situation}, and lost; {error?.Message}");
            if (operation == "adopt") AssertSound(store, scene, situation);
        }

        output.WriteLine($"{operation} {Path.GetFileName(file)}: saved at {saved} of {faults.Steps.Count} steps, refused {refused} times");
        Assert.True(saved > 3);
    }

    // The records must say the same as the collection, so that the edit is an edit of the copy.
    private static void AssertSound(CollectionStore store, ProjectScene scene, string situation)
    {
        var drifts = new DriftChecker(store, scene.Environment).Check(new DriftRequest { Projects = [scene.Project], IncludeInSync = true, IsFull = true }, Cancellation).Artifacts;
        foreach (var drift in drifts)
        {
            var isIn = store.Read().Artifacts.Any(artifact => artifact.ArtifactId == drift.ArtifactId);
            Assert.True(isIn == (drift.State is DriftState.InSync or DriftState.Modified), $"{situation}: {drift.ArtifactId} is {drift.State}");
            if (isIn) Assert.Equal((situation, drift.CollectionHash), (situation, drift.BaseHash));
            if (drift.State == DriftState.InSync) Assert.Equal((situation, drift.BaseHash), (situation, ContentHash.Of(drift.Path)));
        }
    }

    private static bool TrySave(string path)
    {
        try
        {
            if (!File.Exists(path)) return false;
            if (path.EndsWith(".toml", StringComparison.Ordinal)) File.AppendAllText(path, $"\n# {Text}\n");
            else File.WriteAllText(path, $"---\nname: notes\ndescription: {Text}\n---\n");
            return true;
        }
        catch (IOException)
        {
            // It is being moved.
            return false;
        }
    }

    private static bool Holds(string folder) => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Where(file => !file.Contains(".skm-", StringComparison.Ordinal)).Any(file => File.ReadAllText(file).Contains(Text, StringComparison.Ordinal));

    private static string KeptPath(ProjectScene scene) => SkillMeat.Baselines.KeptContentList.PathOf(scene.Store.Home, scene.Project);

    private static async Task PrepareAsync(ProjectScene scene, string operation)
    {
        await scene.DeployAsync(scene.Request());
        if (operation == "deploy")
        {
            await File.AppendAllTextAsync(scene.InCollection("skills/notes/SKILL.md"), "news\n", Cancellation);
            await File.AppendAllTextAsync(scene.InCollection("commands/review.md"), "news\n", Cancellation);
        }

        if (operation != "adopt") return;
        // One record is that of another home.
        foreach (var id in new[] { "skill:notes", "command:review", "agent:helper-bot" }) (await scene.RunAsync("remove", id, "--yes")).Succeeds();
        await scene.Deployer.UndeployAsync(scene.Request("agent:helper-bot"), Cancellation);
        Directory.CreateDirectory(scene.InProject(".claude/agents"));
        await File.WriteAllTextAsync(scene.InProject(".claude/agents/mine.md"), "---\nname: mine\ndescription: Mine\n---\n", Cancellation);
    }

    private static Task RunAsync(ProjectScene scene, string operation, Faults faults)
    {
        var store = CollectionStore.Open(scene.Store.Home, new FixedTime(), faults);
        var deployer = new ArtifactDeployer(store, scene.Environment);
        return operation switch
        {
            "deploy" => deployer.DeployAsync(scene.Request(), Cancellation),
            "undeploy" => deployer.UndeployAsync(scene.Request(), Cancellation),
            _ => new ArtifactAdopter(store, scene.Environment).AdoptAsync(new AdoptRequest { Projects = [scene.Project] }, Cancellation),
        };
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
}
