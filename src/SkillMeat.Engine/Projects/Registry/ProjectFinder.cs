using SkillMeat.Collections;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Registry;

/// <summary>Searches folders for projects.</summary>
/// <param name="home">The home, which is no project.</param>
/// <param name="user">The folders of the user, whose home folder is no project.</param>
internal sealed class ProjectFinder(string home, AgentFolders user)
{
    // Folders that other programs fill with thousands of others.
    private static readonly HashSet<string> _skipped = new(StringComparer.OrdinalIgnoreCase) { "node_modules", "bin", "obj", "target", "venv", "__pycache__", "dist", "build" };

    // A folder 'skills' or 'data' alone is no sign of an agent.
    private static readonly IReadOnlyList<(string Root, string Container)> _signs =
    [
        .. ProfileTable.All.SelectMany(profile => ArtifactType.All.Select(profile.PlaceInProject)).OfType<ProfilePlace>().Select(place => (place.Root, place.Container)).Distinct()
            .Where(place => place.Root.StartsWith('.') && place.Root != "."),
    ];

    /// <summary>Finds the projects in a folder, itself included.</summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <param name="depth">The number of levels below it.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public IEnumerable<string> Find(string folder, int depth, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (PathEquality.Comparer.Equals(folder, home)) yield break;
        if (IsProject(folder) && !user.AreIn(folder)) yield return folder;
        if (depth <= 0) yield break;
        foreach (var below in Below(folder))
        {
            foreach (var found in Find(below, depth - 1, cancellationToken)) yield return found;
        }
    }

    private static bool IsProject(string folder) =>
        _signs.Any(sign => Directory.Exists(Path.Combine(folder, sign.Root, sign.Container)) || File.Exists(Path.Combine(folder, sign.Root, DeploymentFile.Name)));

    private static List<string> Below(string folder)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.System };
        try
        {
            return [.. Directory.EnumerateDirectories(folder, "*", options).Where(path => Path.GetFileName(path) is var name && !name.StartsWith('.') && !_skipped.Contains(name)).Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            // A build, for example, deletes folders while they are searched.
            return [];
        }
    }
}
