using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Organizing;
using SkillMeat.Tests.Projects;

namespace SkillMeat.Tests.Organizing;

/// <summary>A home with a full collection <c>default</c> and another one, <c>work</c>.</summary>
internal sealed class TransferScene : IDisposable
{
    private TransferScene(ProjectScene projects)
    {
        Projects = projects;
    }

    public ProjectScene Projects { get; }

    public CollectionStore Store => Projects.Store;

    public ArtifactTransfer Transfer => new(Store, Projects.Environment);

    public static TransferRequest Request(params string[] artifacts) => new() { Artifacts = artifacts, Destination = "work" };

    public static async Task<TransferScene> StartAsync()
    {
        var scene = new TransferScene(await ProjectScene.StartAsync());
        await scene.Store.CreateAsync("work", TimeSpan.FromSeconds(10));
        return scene;
    }

    public string At(string collection, string path) => Path.Combine(Store.Home, "collections", collection, path.Replace('/', Path.DirectorySeparatorChar));

    public string Manifest(string collection) => File.ReadAllText(At(collection, "collection.toml"));

    public void Edit(string collection, Func<string, string> edit) => File.WriteAllText(At(collection, "collection.toml"), edit(Manifest(collection)));

    public IReadOnlyList<string> Ids(string collection) => [.. Store.Read(collection).Artifacts.Select(artifact => artifact.ArtifactId)];

    public IReadOnlyList<string> LockKeys(string collection) => [.. Store.ReadFiles(collection).LockFile.Entries.Keys.Order(StringComparer.Ordinal)];

    public IReadOnlyList<MergeBase> Bases(string collection) => new MergeBaseStore(Store, collection).Read().All;

    public void Dispose() => Projects.Dispose();
}
