using SkillMeat.Collections;
using SkillMeat.Projects.Adoption;
using SkillMeat.Projects.Drift;
using SkillMeat.Tests.Support;

namespace SkillMeat.Tests.Projects;

/// <summary>A home with an empty collection, a project, and the user's folders, in which other programs left their files.</summary>
internal sealed class AdoptScene : IDisposable
{
    public const string Notes = "---\nname: notes\ndescription: Takes notes\n---\nFirst line\n";

    private readonly TestHome _home = TestHome.None();

    private AdoptScene()
    {
    }

    public CollectionStore Store { get; private set; } = null!;

    public string Place => _home.Place;

    public string Project => Path.Combine(Place, "project");

    public string User => Path.Combine(Place, "user");

    public Dictionary<string, string> Variables { get; } = [];

    public ArtifactAdopter Adopter => new(Store, Environment);

    public static async Task<AdoptScene> StartAsync()
    {
        var scene = new AdoptScene();
        Directory.CreateDirectory(scene.Project);
        Directory.CreateDirectory(scene.User);
        scene.Store = await CollectionStore.InitializeAsync(scene._home.Home, TimeSpan.FromSeconds(10));
        return scene;
    }

    public string? Environment(string name) => name == "HOME" ? User : Variables.GetValueOrDefault(name);

    public string InProject(string path) => Path.Combine(Project, path.Replace('/', Path.DirectorySeparatorChar));

    public string InUser(string path) => Path.Combine(User, path.Replace('/', Path.DirectorySeparatorChar));

    public string InCollection(string path) => Path.Combine(_home.At("collections", "default"), path.Replace('/', Path.DirectorySeparatorChar));

    public void Write(string path, string text) => _home.Write(path, text);

    public void Link(string path, string target)
    {
        var full = Path.Combine(Place, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        Directory.CreateSymbolicLink(full, target);
    }

    public AdoptRequest Request(params string[] names) => new() { Projects = [Project], Names = [.. names.Select(NamePattern.Simple)] };

    public Task<AdoptResult> AdoptAsync(params string[] names) => Adopter.AdoptAsync(Request(names));

    public async Task<IReadOnlyList<string>> OutcomesAsync(AdoptRequest request) => [.. (await Adopter.AdoptAsync(request)).Artifacts.Select(one => $"{one.ArtifactId} {one.Profile} {one.Status}")];

    public Artifact Artifact(string id) => Store.Read().Artifacts.Single(artifact => artifact.ArtifactId == id);

    public IReadOnlyList<string> Drift(string? project = null) =>
    [
        .. new DriftChecker(Store, Environment).Check(new DriftRequest { Projects = [project ?? Project], IsFull = true, IncludeInSync = true }).Artifacts.Select(one => $"{one.ArtifactId} {one.Profile} {one.State}"),
    ];

    public Task<SkmRun> RunAsync(params string[] arguments) => _home.RunAsync(new SkmSurroundings { Environment = Variables.Append(KeyValuePair.Create("HOME", User)).ToDictionary(one => one.Key, string? (one) => one.Value) }, arguments);

    /// <summary>Returns every file, folder and link of the project and the user with bytes, permissions and times of change. Records, and the times of the folders that have them, are left out.</summary>
    public string Tree() => string.Join('\n', new[] { Project, User }.SelectMany(folder => Describe(new DirectoryInfo(folder))));

    public void Dispose() => _home.Dispose();

    private static IEnumerable<string> Describe(DirectoryInfo folder)
    {
        foreach (var item in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }).OrderBy(item => item.FullName, StringComparer.Ordinal))
        {
            if (item.Name == ".skillmeat-deployed.toml") continue;
            var mode = OperatingSystem.IsWindows() || item.LinkTarget is not null ? 0 : item.UnixFileMode;
            // Records are written there, and files of a lock.
            var isRoot = item is DirectoryInfo { LinkTarget: null } && (item.Name.StartsWith('.') || item.Name == "claude-config");
            var time = isRoot ? "" : $"{item.LastWriteTimeUtc:O}";
            if (item.LinkTarget is { } target) yield return $"{item.FullName} -> {target} {time}";
            else if (item is FileInfo { Length: var length } file) yield return $"{item.FullName} {mode} {time} {length} {(length > 0 ? File.ReadAllText(file.FullName) : "")}";
            else yield return $"{item.FullName} {mode} {time}";
            if (item is DirectoryInfo { LinkTarget: null } below) foreach (var line in Describe(below)) yield return line;
        }
    }
}
