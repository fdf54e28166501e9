using SkillMeat.Errors;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage.Files;

namespace SkillMeat.Upstream.Contents;

/// <summary>Computes the content hash of what would be copied from a folder on this machine, so that a change in anything else is no update.</summary>
internal static class FolderHash
{
    /// <summary>Returns the hash that the lock file would get.</summary>
    /// <param name="folder">The full path of the folder that is followed.</param>
    /// <param name="within">The folder out of which no link is followed; null for the working tree.</param>
    /// <param name="path">The path of the artifact in it.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <param name="isFolder">Whether the artifact is a folder in the collection, even if it is a file here.</param>
    /// <exception cref="SkillMeatException">The files cannot be read, or are no artifact.</exception>
    public static string Of(string folder, string? within, string path, CancellationToken cancellationToken, bool isFolder = false)
    {
        var place = FolderPlace.Of(folder, within);
        using var stamps = new StampReader(place.Root);
        var files = new List<(string[] Below, string File)>();
        new FolderWalk(place, stamps, cancellationToken).Run(path, (below, file, _) => files.Add((below, place.FullPath(file))), (_, why) => throw new UpstreamException(ErrorIds.UpstreamUnavailable, $"'{path}' {why}."));
        if (files is not [{ Below.Length: 0 } only]) return ContentHash.OfFiles(files);
        return isFolder ? ContentHash.OfFiles([([TreePath.LastPart(path)], only.File)]) : ContentHash.OfFile(only.File);
    }
}
