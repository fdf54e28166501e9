using SkillMeat.Collections;
using SkillMeat.Storage.Files;
using SkillMeat.Toml;

namespace SkillMeat.Projects.Registry;

/// <summary>The registered projects of a home (<c>projects.toml</c>), editable in place. Not thread-safe.</summary>
internal sealed class ProjectList
{
    public const string FileName = "projects.toml";

    private const string Key = "projects";

    private readonly TomlDocument _document;
    private readonly List<(RegisteredProject Project, TomlTable Table)> _projects;

    private ProjectList(TomlDocument document, string path)
    {
        _document = document;
        _projects = [.. new TableReader(document.Root, path, "the list of projects").Tables(Key).Select(table => (Read(new TableReader(table, path, "a project")), table))];
    }

    /// <summary>The projects, in the order of their registration.</summary>
    public IReadOnlyList<RegisteredProject> All => _projects.ConvertAll(one => one.Project);

    /// <summary>Parses the file.</summary>
    /// <param name="bytes">The bytes, or null if there is no file.</param>
    /// <param name="path">The full path of the file.</param>
    /// <exception cref="Errors.DataFileException">It is not TOML, or an entry has no path.</exception>
    public static ProjectList Parse(byte[]? bytes, string path) => new(bytes is null ? TomlDocument.Empty(path) : TomlDocument.Parse(bytes, path), path);

    /// <summary>Finds a project by its folder, or returns null.</summary>
    public RegisteredProject? Find(string folder) => _projects.Find(one => PathEquality.Comparer.Equals(one.Project.Path, folder)).Project;

    /// <summary>Adds a project, unless it is there.</summary>
    /// <returns>The project as it is now in the list.</returns>
    public RegisteredProject Add(RegisteredProject project)
    {
        if (Find(project.Path) is { } known) return known;
        // As it is read back.
        project = project with { RegisteredAt = project.RegisteredAt is { } given ? IsoTime.Read(IsoTime.Write(given)) : null };
        var table = _document.Root.GetOrAddArray(Key).Add();
        table.Set("path", TomlValue.Of(project.Path));
        table.Set("name", TomlValue.Of(project.Name));
        if (project.RegisteredAt is { } time) table.Set("registered", TomlValue.Of(IsoTime.Write(time)));
        _projects.Add((project, table));
        return project;
    }

    /// <summary>Removes projects by their folders.</summary>
    public void Remove(IReadOnlySet<string> folders)
    {
        var removed = _projects.FindAll(one => folders.Contains(one.Project.Path));
        if (removed.Count == 0) return;
        _document.Root.GetOrAddArray(Key).Remove(removed.Select(one => one.Table).ToHashSet());
        _projects.RemoveAll(one => folders.Contains(one.Project.Path));
    }

    /// <summary>The bytes to write.</summary>
    public byte[] ToBytes() => _document.ToBytes();

    private static RegisteredProject Read(TableReader reader)
    {
        var path = reader.RequiredText("path");
        return new RegisteredProject(path, reader.OptionalText("name") ?? Path.GetFileName(path), IsoTime.Read(reader.OptionalText("registered")));
    }
}
