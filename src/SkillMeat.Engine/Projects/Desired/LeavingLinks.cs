using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Desired;

/// <summary>Finds links in a folder of a project that lead out of the project, so that a file of a repository cannot bring private files of the machine along.</summary>
internal sealed class LeavingLinks
{
    private const int MostVisits = 100_000;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly string _project;
    private readonly HashSet<string> _seen = new(PathEquality.Comparer);

    private LeavingLinks(string project)
    {
        _project = LinkTarget.RealFolder(project);
    }

    /// <summary>Returns a link at or below a path that leads out of a project, or to something that cannot be followed; null if there is none.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: there is too much to look at, or it cannot be read.</exception>
    public static string? Find(string project, string path)
    {
        try
        {
            return new LeavingLinks(project).Find(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{path}' cannot be read: {e.Message}", e);
        }
    }

    private string? Find(string path)
    {
        if (!_seen.Add(path)) return null;
        if (_seen.Count > MostVisits) throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{path}' is in a folder with more than {MostVisits} files. Name a smaller one.");
        if (new FileInfo(path).LinkTarget is not null) return Resolve(path) is { } real && PathEquality.IsIn(_project, real) ? Find(real) : path;
        return Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFileSystemInfos("*", Everything).Select(item => Find(item.FullName)).FirstOrDefault(found => found is not null) : null;
    }

    private static string? Resolve(string link)
    {
        try
        {
            var resolved = LinkTarget.Resolve(link);
            return Path.GetDirectoryName(resolved) is { } folder && Directory.Exists(folder) ? Path.Combine(LinkTarget.RealFolder(folder), Path.GetFileName(resolved)) : null;
        }
        catch (StorageException)
        {
            return null;
        }
    }
}
