using System.Text.Json;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Recovery;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server.Kills;

/// <summary>
/// A home with everything that requests can change: two collections with groups, servers, tags, local edits and a conflict; snapshots; projects with deployments that both sides changed; a marketplace. Each try begins with
/// the same bytes at the same paths.
/// </summary>
public sealed class KillPlace : IAsyncLifetime
{
    private readonly string _place = TryFolder.Create("skm-kill-");
    private readonly string _template = TryFolder.Create("skm-kill-template-");
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    internal string Home => At("home");

    /// <summary>The state with which each try begins.</summary>
    internal string Before { get; private set; } = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static IReadOnlyList<string> Parts => ["home", "upstream", "app", "second", "third"];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (OperatingSystem.IsWindows()) return;
        await new OperationPlace(_place).PrepareAsync(OperationNames.Add, Cancellation);
        foreach (var project in new[] { "app", "second", "third" }) Write($"{project}/README.md", "of the user\r\n");
        Write("app/.claude/settings.json", "{ \"model\": \"opus\" } // mine\n");
        Write("upstream/.claude-plugin/marketplace.json", """{"name": "local", "owner": {"name": "me"}, "plugins": [{"name": "office", "source": "./skills"}]}""");
        Write("upstream/shop/.claude-plugin/marketplace.json", """{"name": "shop", "owner": {"name": "me"}, "plugins": []}""");
        _names["upstream"] = At("upstream");
        _names["third"] = At("third");
        await using (var server = await KillServer.StartAsync(Home)) await PrepareAsync(server.Client);
        foreach (var part in Parts) TreeCopy.Make(At(part), Path.Combine(_template, part));
        Restore();
        Before = State();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        TreeCopy.Delete(_place);
        TreeCopy.Delete(_template);
        return ValueTask.CompletedTask;
    }

    /// <summary>Puts paths and ids in the places of the names in braces.</summary>
    internal string Fill(string text) => _names.Aggregate(text, (all, one) => all.Replace($"{{{one.Key}}}", one.Value, StringComparison.Ordinal));

    /// <summary>Makes everything as it was at the beginning.</summary>
    internal void Restore()
    {
        foreach (var part in Parts)
        {
            if (Directory.Exists(At(part))) TreeCopy.Delete(At(part));
            TreeCopy.Make(Path.Combine(_template, part), At(part));
        }
    }

    /// <summary>The home, the projects and the source as text. Lock files of projects are left out, which may stay.</summary>
    internal string State() => string.Join('\n', Parts.SelectMany(part => HomeState.Read(At(part)).Split('\n').Where(line => !line.Contains(".skm-lock ", StringComparison.Ordinal)).Select(line => $"{part}/{line}")));

    /// <summary>The files in the formats of Python SkillMeat.</summary>
    internal IEnumerable<string> TomlFiles() => Parts.Where(part => part != "upstream").SelectMany(part => Directory.EnumerateFiles(At(part), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        .Where(path => Path.GetExtension(path) is ".toml" or ".lock" && Path.GetFileName(Path.GetDirectoryName(path)) is not ("locks" or "cache"));

    private string At(string path) => Path.Combine(_place, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    private async Task PrepareAsync(KillClient client)
    {
        await client.SendAsync("POST", "collections/default/groups", """{"name": "first", "members": ["pdf", "review"]}""");
        await client.SendAsync("POST", "collections/default/groups", """{"name": "second"}""");
        await client.SendAsync("POST", "collections/default/mcp-servers", """{"name": "files", "repo": "octo/files", "env_vars": {"ROOT": "/"}}""");
        await client.SendAsync("POST", "collections/default/tag-definitions", """{"name": "draft", "color": "red"}""");
        foreach (var project in new[] { "app", "second" }) _names[project] = IdOf(await client.SendAsync("POST", "projects", $$"""{"path": "{{At(project)}}"}"""));
        await client.SendAsync("POST", Fill("projects/{app}/deploy"), """{"artifacts": ["pdf", "edited"]}""");
        Write("app/.claude/skills/pdf/SKILL.md", "---\nname: pdf\ndescription: About pdf\n---\n\nwritten before\r\n");
        await client.SendAsync("POST", Fill("projects/{app}/deploy"), """{"artifacts": ["pdf"], "force": true}""");
        Write("second/skillmeat.toml", "# mine\n[[artifacts]]\nid = \"skill:pdf\"\n");
        _names["snapshot"] = IdOf(await client.SendAsync("POST", "collections/default/snapshots", """{"message": "to go back to"}"""));
        await client.SendAsync("POST", "cache/marketplaces", Fill("""{"source": "{upstream}", "name": "known"}"""));
        await client.SendAsync("POST", "collections/work/refresh?mode=metadata_only", null);

        // Both sides went on since.
        Write("app/.claude/skills/pdf/SKILL.md", "---\nname: pdf\ndescription: About pdf\n---\n\nedited in the project\r\n");
        Write("app/.claude/skills/pdf/mine.md", "mine");
        Write("third/.claude/skills/found/SKILL.md", "---\nname: found\ndescription: Made in the project\n---\n");
        File.AppendAllText(At("home/collections/default/skills/edited/SKILL.md"), "edited in the collection\n");
        File.AppendAllText(At("home/collections/default/commands/review.md"), "edited, too\n");
        Write("upstream/agents/helper.md", "---\nname: helper\ndescription: Helps even more\n---\n");
        var conflict = (await client.GetAsync("collections/default/artifacts/command:review/conflict")).GetProperty("items")[0];
        (_names["conflict"], _names["state"]) = (conflict.GetProperty("path").GetString()!, conflict.GetProperty("state").GetString()!);
    }

    private static string IdOf(JsonElement thing) => thing.GetProperty("id").GetString()!;
}
