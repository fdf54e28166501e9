using System.Text;
using SkillMeat.Artifacts;
using SkillMeat.Objects.Trees;
using SkillMeat.Tests.Objects;

namespace SkillMeat.Tests.Artifacts;

/// <summary>Artifacts in a real object store, scanned from real folders.</summary>
internal sealed class ContentHome : IDisposable
{
    private readonly ObjectHome _home = new();

    /// <summary>A folder artifact of files with these texts.</summary>
    public ArtifactContent Folder(string name, params (string Path, string Text)[] files)
    {
        var model = new ModelFolder();
        foreach (var (path, text) in files) model.Paths.Add(path, (TreeEntryKind.File, Encoding.UTF8.GetBytes(text)));
        return Folder(name, model);
    }

    public ArtifactContent Folder(string name, ModelFolder model) => new(_home.Open(), new TreeEntry(name, TreeEntryKind.Folder, _home.Store(model), 0));

    /// <summary>An artifact of one file.</summary>
    public ArtifactContent File(string name, string text) => File(name, Encoding.UTF8.GetBytes(text));

    public ArtifactContent File(string name, byte[] bytes)
    {
        var model = new ModelFolder();
        model.Paths.Add(name, (TreeEntryKind.File, bytes));
        var tree = _home.Store(model);
        var store = _home.Open();
        return new ArtifactContent(store, store.Find(tree, name)!);
    }

    public ArtifactContent Link(string name)
    {
        var store = _home.Open();
        using var writer = store.BeginWrite();
        var id = writer.AddBlob("target"u8);
        writer.Commit();
        return new ArtifactContent(store, new TreeEntry(name, TreeEntryKind.Link, id, 6));
    }

    public void Dispose() => _home.Dispose();
}
