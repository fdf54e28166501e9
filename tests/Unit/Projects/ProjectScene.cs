using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Tests.Support;

namespace SkillMeat.Tests.Projects;

/// <summary>A home with artifacts of several types, and a project beside it. The user's folders lie beside them, too.</summary>
internal sealed class ProjectScene : IDisposable
{
    public static readonly string[] Ids = ["skill:notes", "command:review", "agent:helper-bot", "hook:guard", "mcp:files"];

    private readonly TestHome _home = TestHome.None();

    private ProjectScene()
    {
    }

    public CollectionStore Store { get; private set; } = null!;

    public string Place => _home.Place;

    public string Project => Path.Combine(Place, "project");

    public string User => Path.Combine(Place, "user");

    public string CollectionFolder => _home.At("collections", "default");

    public ArtifactDeployer Deployer => new(Store, Environment);

    public static async Task<ProjectScene> StartAsync()
    {
        var scene = new ProjectScene();
        scene.Store = await CollectionStore.InitializeAsync(scene._home.Home, TimeSpan.FromSeconds(10));
        scene.WriteUp("skills/notes/SKILL.md", "---\nname: notes\ndescription: Takes notes\n---\nFirst line\nSecond line\n");
        scene.WriteUp("skills/notes/templates/a.md", "template\n");
        scene.WriteUp("commands/review.md", "---\ndescription: Reviews\n---\nReview it\n");
        scene.WriteUp("agents/helper-bot.md", "---\nname: helper-bot\ndescription: Helps\n---\nHelp\n");
        scene.WriteUp("hooks/guard/settings.json", """
            {"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "${CLAUDE_PLUGIN_ROOT}/check.sh --strict"}]}], "Stop": [{"hooks": [{"type": "command", "command": "say done"}]}]}}

            """);
        scene.WriteUp("hooks/guard/check.sh", "exit 0\n");
        scene.WriteUp("mcp/files/.mcp.json", """
            {"mcpServers": {"files": {"command": "npx", "args": ["-y", "files-server", "${CLAUDE_PLUGIN_ROOT}/data"]}}}

            """);
        foreach (var id in Ids)
        {
            var parts = id.Split(':');
            var path = parts[0] switch { "skill" => "skills/notes", "command" => "commands/review.md", "agent" => "agents/helper-bot.md", "hook" => "hooks/guard", _ => "mcp/files" };
            var run = await scene._home.RunAsync("add", parts[0], Path.Combine(scene.Place, "upstream", path));
            if (run.ExitCode != 0) throw new InvalidOperationException(run.Error);
        }

        Directory.CreateDirectory(scene.Project);
        Directory.CreateDirectory(scene.User);
        return scene;
    }

    /// <summary>Adds an artifact of one file to the collection.</summary>
    public async Task AddAsync(string type, string path, string text)
    {
        WriteUp(path, text);
        var run = await _home.RunAsync("add", type, Path.Combine(Place, "upstream", type is "command" or "agent" ? path : Path.GetDirectoryName(path)!));
        if (run.ExitCode != 0) throw new InvalidOperationException(run.Error);
    }

    /// <summary>The environment variables beside <c>HOME</c>.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public string? Environment(string name) => name == "HOME" ? User : Variables.GetValueOrDefault(name);

    public string InProject(string path) => Path.Combine(Project, path.Replace('/', Path.DirectorySeparatorChar));

    public string InCollection(string path) => Path.Combine(CollectionFolder, path.Replace('/', Path.DirectorySeparatorChar));

    public DeployRequest Request(params string[] artifacts) => new() { Artifacts = artifacts, All = artifacts.Length == 0, Projects = [Project] };

    public async Task<IReadOnlyList<string>> DeployAsync(DeployRequest request) => [.. (await Deployer.DeployAsync(request)).Select(one => $"{one.ArtifactId} {one.Profile} {one.Status}")];

    public IReadOnlyDictionary<string, DriftState> Drift(bool isFull = false) =>
        new DriftChecker(Store, Environment).Check(new DriftRequest { Projects = [Project], IncludeInSync = true, IsFull = isFull }).Artifacts.ToDictionary(one => $"{one.ArtifactId} {one.Profile}", one => one.State);

    /// <summary>Returns everything in the project. Links are not followed.</summary>
    public string Tree() => TreeOf(Project);

    public static string TreeOf(string folder) => string.Join('\n', new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }).OrderBy(item => item.Name, StringComparer.Ordinal)
        .Select(item => item.LinkTarget is { } target ? $"{item.FullName} -> {target}" : item is DirectoryInfo ? $"{item.FullName}\n{TreeOf(item.FullName)}" : $"{item.FullName} {File.ReadAllText(item.FullName)}"));

    public Task<SkmRun> RunAsync(params string[] arguments) => _home.RunAsync(new SkmSurroundings { Environment = Variables.Append(KeyValuePair.Create("HOME", User)).ToDictionary(one => one.Key, string? (one) => one.Value) }, arguments);

    /// <summary>Writes a file in the project.</summary>
    public void Write(string path, string text) => _home.Write(InProject(path), text);

    public void Dispose() => _home.Dispose();

    private void WriteUp(string path, string text) => _home.WriteUpstream(path, text);
}
