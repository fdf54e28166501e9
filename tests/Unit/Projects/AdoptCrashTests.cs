using System.Globalization;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Adoption;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Recovery;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>An adoption that fails from a step on, as in a process that dies: the old or the new state in collection and records together, and the copies as they were.</summary>
public sealed class AdoptCrashTests(ITestOutputHelper output)
{
    // With 1 in the environment, all steps are tested.
    private static int EveryNth => int.TryParse(Environment.GetEnvironmentVariable("SKILLMEAT_CRASH_EVERY"), CultureInfo.InvariantCulture, out var number) ? number : 16;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_is_old_or_new_whichever_step_is_the_last_one()
    {
        using var scene = await AdoptScene.StartAsync();
        foreach (var place in new[] { "project/.claude", "project/.github", "user/.codex" }) scene.Write($"{place}/skills/{Path.GetFileName(place)[1..]}-notes/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.claude/commands/review.md", "Review\r\n");
        scene.Write("project/.claude/hooks/guard/settings.json", """{"hooks": {"Stop": []}}""");
        scene.Write("project/.claude/mcp/files/.mcp.json", """{"mcpServers": {"files": {"command": "npx"}}}""");
        WriteOfOthers(scene);
        scene.Write("upstream/known/SKILL.md", AdoptScene.Notes + "known\n");
        (await scene.RunAsync("add", "skill", Path.Combine(scene.Place, "upstream", "known"))).Succeeds();
        scene.Write("project/.claude/skills/renamed/SKILL.md", AdoptScene.Notes + "known\n");
        var template = Path.Combine(scene.Place, "template");
        foreach (var part in Parts(scene)) TreeCopy.Make(part, Path.Combine(template, Path.GetFileName(part)));
        var before = State(scene);
        var copies = Copies(scene);
        var faults = new Faults();
        await RunAsync(scene, faults);
        var after = State(scene);
        Assert.Equal((true, copies), (before != after, Copies(scene)));
        var adopted = CollectionStore.Open(scene.Store.Home).Read().Artifacts;
        Assert.Equal(
            [
                "command:review local", "hook:guard local", "mcp:files local", "skill:claude-notes local", "skill:codex-notes local", "skill:github-notes local", "skill:known local",
                "skill:lint marketplace", "skill:npx-notes github", "skill:orphan local",
            ],
            adopted.Select(artifact => $"{artifact.ArtifactId} {artifact.Origin}").Order(StringComparer.Ordinal));
        Assert.Contains("artifact_path = \"skills/renamed\"", await File.ReadAllTextAsync(scene.InProject(".claude/.skillmeat-deployed.toml"), Cancellation), StringComparison.Ordinal);
        var news = 0;
        foreach (var step in ChooseSteps(faults.Steps))
        {
            foreach (var part in Parts(scene))
            {
                TreeCopy.Delete(part);
                TreeCopy.Make(Path.Combine(template, Path.GetFileName(part)), part);
            }

            var situation = $"died before step {step} ({faults.Steps[step - 1]})";
            var last = step;
            var error = await Record.ExceptionAsync(() => RunAsync(scene, new Faults((number, _, _) =>
            {
                if (number >= last) throw Faults.Denied;
            })));
            Assert.True(error is null or SkillMeatException, $"{situation}: {error}");

            var notices = CollectionStore.Open(scene.Store.Home).Notices;

            Assert.True(notices.All(notice => notice.StartsWith("An interrupted change was", StringComparison.Ordinal)), $"{situation}: {string.Join('\n', notices)}");
            foreach (var part in Parts(scene)) foreach (var left in Directory.GetFiles(part, ".skm-lock", SearchOption.AllDirectories)) File.Delete(left);
            var state = State(scene);
            Assert.True(state == before || state == after, $"{situation}, and then: from old\n{HomeState.Difference(before, state)}\nfrom new\n{HomeState.Difference(after, state)}");
            Assert.Equal((situation, copies), (situation, Copies(scene)));
            if (state == after) news++;
            if (step % 4 != 0) continue;
            if (state != after) await RunAsync(scene, faults: null);
            Assert.True(HomeState.Difference(after, State(scene)).Length == 0, $"{situation}, and then again:\n{HomeState.Difference(after, State(scene))}");
        }

        Assert.True(news > 0);
        output.WriteLine($"{faults.Steps.Count} steps, {news} times new");
    }

    [Fact]
    public async Task Two_at_once_adopt_everything_once()
    {
        using var scene = await AdoptScene.StartAsync();
        foreach (var name in new[] { "one", "two", "three" }) scene.Write($"project/.claude/skills/{name}/SKILL.md", AdoptScene.Notes + name);
        var other = await CollectionStore.InitializeAsync(Path.Combine(scene.Place, "other-home"), TimeSpan.FromSeconds(10), cancellationToken: Cancellation);

        var results = await Task.WhenAll(
            Task.Run(() => scene.Adopter.AdoptAsync(scene.Request(), Cancellation), Cancellation),
            Task.Run(() => new ArtifactAdopter(CollectionStore.Open(scene.Store.Home), scene.Environment).AdoptAsync(scene.Request(), Cancellation), Cancellation),
            Task.Run(() => new ArtifactAdopter(other, scene.Environment).AdoptAsync(scene.Request(), Cancellation), Cancellation));

        // The other home takes in the recorded copy as well, and the record serves both.
        Assert.Equal(6, results.SelectMany(result => result.Artifacts).Count(one => one.Status == AdoptStatus.Adopted));
        Assert.Equal((3, 3), (scene.Store.Read().Artifacts.Count, other.Read().Artifacts.Count));
        Assert.Equal(3, File.ReadAllText(scene.InProject(".claude/.skillmeat-deployed.toml")).Split("[[deployed]]").Length - 1);
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

    private static Task<AdoptResult> RunAsync(AdoptScene scene, Faults? faults) =>
        new ArtifactAdopter(CollectionStore.Open(scene.Store.Home, new FixedTime(), faults), scene.Environment).AdoptAsync(scene.Request() with { IncludeUser = true }, Cancellation);

    // A skill of npx skills, one of a plugin, and one that another home deployed.
    private static void WriteOfOthers(AdoptScene scene)
    {
        scene.Write("project/.agents/skills/npx-notes/SKILL.md", AdoptScene.Notes + "npx\n");
        scene.Write("project/skills-lock.json", $$"""
            {"version": 1, "skills": {
              "npx-notes": {"source": "ada/notes", "sourceType": "github", "skillPath": "skills/npx-notes/SKILL.md", "computedHash": "{{ContentHash.Of(scene.InProject(".agents/skills/npx-notes"))}}"} } }
            """);
        var plugin = scene.InUser(".claude/plugins/cache/market/quality/1.0.0");
        scene.Write(Path.Combine(plugin, ".claude-plugin", "plugin.json"), """{"name": "quality"}""");
        scene.Write(Path.Combine(plugin, "skills", "lint", "SKILL.md"), AdoptScene.Notes + "lint\n");
        var market = scene.InUser(".claude/plugins/marketplaces/market");
        scene.Write(Path.Combine(market, ".claude-plugin", "marketplace.json"), """{"name": "market", "plugins": [{"name": "quality", "source": "./quality"}]}""");
        scene.Write("user/.claude/plugins/known_marketplaces.json", $$"""{"market": {"source": {"source": "github", "repo": "ada/market"}, "installLocation": "{{market}}"} }""");
        scene.Write(scene.InUser(".claude/plugins/installed_plugins.json"), $$"""
            {"version": 2, "plugins": {"quality@market": [{"scope": "project", "projectPath": "{{scene.Project}}", "installPath": "{{plugin}}", "version": "1.0.0", "gitCommitSha": "0123456789abcdef0123456789abcdef01234567"}] } }
            """);
        scene.Write("project/.claude/skills/orphan/SKILL.md", AdoptScene.Notes + "orphan\n");
        scene.Write("project/.claude/.skillmeat-deployed.toml", "# mine\n[[deployed]]\nartifact_name = \"orphan\"\nartifact_type = \"skill\"\nfrom_collection = \"work\"\nartifact_path = \"skills/orphan\"\ncontent_hash = \"aa\"\n");
    }

    private static string[] Parts(AdoptScene scene) => [scene.Store.Home, scene.Project, scene.User];

    private static string Copies(AdoptScene scene) =>
        string.Join(' ', new[] { scene.InProject(".claude/skills"), scene.InProject(".claude/commands"), scene.InProject(".claude/hooks"), scene.InProject(".claude/mcp") }
            .Concat([scene.InProject(".agents/skills"), scene.InProject(".github/skills"), scene.InUser(".codex/skills"), scene.InUser(".claude/plugins")]).Select(ContentHash.Of));

    private static string State(AdoptScene scene) => string.Join('\n', Parts(scene).SelectMany(part => HomeState.Read(part).Split('\n').Select(line => $"{Path.GetFileName(part)}/{line}")));
}
