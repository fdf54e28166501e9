using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Syncing;
using SkillMeat.Storage;

namespace SkillMeat.Tests.CrashHost;

/// <summary>
/// The sync that is interrupted at every step. A skill is merged, a command pushed, an agent pulled, a hook forked, and the edits of a server are overwritten. Home, project and upstream lie beside each other.
/// </summary>
internal static class SyncScenario
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private static readonly string[] _upstream = ["skills/notes", "commands/review.md", "agents/bot.md", "hooks/guard", "mcp/files"];

    public static string HomeOf(string place) => Path.Combine(place, "home");

    public static string ProjectOf(string place) => Path.Combine(place, "project");

    public static async Task PrepareAsync(string place, CancellationToken cancellationToken)
    {
        var store = await CollectionStore.InitializeAsync(HomeOf(place), _patience, new FixedTime(), cancellationToken: cancellationToken).ConfigureAwait(false);
        var upstream = Path.Combine(place, "upstream");
        Write(upstream, "skills/notes/SKILL.md", "---\nname: notes\ndescription: Takes notes\n---\none\ntwo\nthree\nfour\nfive\n");
        Write(upstream, "skills/notes/templates/a.md", "template\n");
        Write(upstream, "skills/notes/gone.md", "gone\n");
        Write(upstream, "commands/review.md", "---\ndescription: Reviews\n---\nReview it\n");
        Write(upstream, "agents/bot.md", "---\nname: bot\ndescription: Helps\n---\nHelp\n");
        Write(upstream, "hooks/guard/settings.json", "{\"hooks\": {}}\n");
        Write(upstream, "mcp/files/.mcp.json", "{\"mcpServers\": {}}\n");
        await new OperationScenario(HomeOf(place), upstream, faults: null).AddAsync(store, collection: null, _upstream, cancellationToken).ConfigureAwait(false);
        Directory.CreateDirectory(ProjectOf(place));
        await new ArtifactDeployer(store, _ => null).DeployAsync(new DeployRequest { All = true, Projects = [ProjectOf(place)], LockTimeout = _patience }, cancellationToken).ConfigureAwait(false);
        var (collection, root) = (Path.Combine(HomeOf(place), "collections", "default"), Path.Combine(ProjectOf(place), ".claude"));
        Write(root, "skills/notes/SKILL.md", "---\nname: notes\ndescription: Takes many notes\n---\none\ntwo\nthree\nfour\nfive\n");
        Write(root, "skills/notes/new/b.md", "of the project\n");
        Write(collection, "skills/notes/SKILL.md", "---\nname: notes\ndescription: Takes notes\n---\none\ntwo\nthree\nfour\nFIVE\n");
        File.Delete(Path.Combine(collection, "skills", "notes", "gone.md"));
        Write(root, "commands/review.md", "---\ndescription: Reviews\n---\nReview it well\n");
        Write(collection, "agents/bot.md", "---\nname: bot\ndescription: Helps\n---\nHelp more\n");
        Write(root, "hooks/guard/settings.json", "{\"hooks\": {\"Stop\": []}}\n");
        Write(root, "mcp/files/.mcp.json", "{\"mcpServers\": {\"mine\": {}}}\n");
    }

    public static async Task<SyncResult> RunAsync(string place, IStorageFaults? faults, CancellationToken cancellationToken)
    {
        var syncer = new ProjectSyncer(CollectionStore.Open(HomeOf(place), new FixedTime(), faults), _ => null);
        var planned = syncer.Plan(new SyncRequest { Projects = [ProjectOf(place)], LockTimeout = _patience }, cancellationToken);
        var choices = planned.Entries.Select(entry => KeyValuePair.Create(entry, entry.Type switch { "hook" => SyncChoice.Fork, "mcp" => SyncChoice.TakeCollection, _ => SyncChoice.Merge })).ToList();
        return await syncer.ApplyAsync(planned.Choose(choices), cancellationToken).ConfigureAwait(false);
    }

    private static void Write(string folder, string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
