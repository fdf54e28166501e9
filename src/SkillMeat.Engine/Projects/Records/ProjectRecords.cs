using SkillMeat.Collections;

namespace SkillMeat.Projects.Records;

/// <summary>Reads the deployment records of a project, from every profile root that has some.</summary>
/// <param name="site">The project.</param>
/// <param name="store">The home.</param>
internal sealed class ProjectRecords(ProjectSite site, CollectionStore store)
{
    /// <summary>Returns the profile roots that have records.</summary>
    public IReadOnlyList<string> Roots() => [.. site.CandidateRoots().Where(root => File.Exists(PathOf(root)))];

    /// <summary>Reads the records of a profile root.</summary>
    /// <exception cref="Errors.DataFileException">The file is invalid.</exception>
    /// <exception cref="Errors.StorageException">The file cannot be read.</exception>
    public (DeploymentFile File, byte[]? Bytes) Read(string root)
    {
        // In the middle of a change, they are read as they were before or will be after it.
        var bytes = store.Storage.ReadConsistent([PathOf(root)])[0];
        return (DeploymentFile.Parse(bytes, PathOf(root), site, store), bytes);
    }

    /// <summary>Reads all records, each with its profile root.</summary>
    /// <inheritdoc cref="Read"/>
    public IReadOnlyList<(string Root, DeploymentRecord Record)> ReadAll() => [.. Roots().SelectMany(root => Read(root).File.All.Select(record => (root, record)))];

    /// <summary>Reads all records, and the entries that cannot be understood, each with its profile root.</summary>
    /// <inheritdoc cref="Read"/>
    public (IReadOnlyList<(string Root, DeploymentRecord Record)> Records, IReadOnlyList<(string Root, BadRecord Record)> Bad) ReadWithBad()
    {
        var files = Roots().Select(root => (Root: root, Read(root).File)).ToList();
        return ([.. files.SelectMany(one => one.File.All.Select(record => (one.Root, record)))], [.. files.SelectMany(one => one.File.Bad.Select(record => (one.Root, record)))]);
    }

    /// <summary>Returns the full path of the records of a profile root.</summary>
    public string PathOf(string root) => site.FullPath(root, DeploymentFile.Name);
}
