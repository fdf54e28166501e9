using System.Globalization;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Git;

namespace SkillMeat.Browsing;

/// <summary>Identifies the content of artifacts in a folder on this machine, as far as one of them may be left out as a copy of another one. Repositories have ids for that.</summary>
internal sealed class FolderCopies
{
    private readonly Listing _listing;
    private readonly Dictionary<string, List<TreeItem>> _files;
    private readonly CancellationToken _cancellationToken;

    private FolderCopies(Listing listing, IReadOnlyList<DescribedPlace> places, CancellationToken cancellationToken)
    {
        _listing = listing;
        _cancellationToken = cancellationToken;
        _files = places.Select(one => one.Place.Path).Where(path => path.Length > 0).Distinct(StringComparer.Ordinal).ToDictionary(path => path, _ => new List<TreeItem>(), StringComparer.Ordinal);
    }

    /// <summary>Identifies artifacts: reads the files of those alone that have as many files of the same names and sizes as another one, in another kind of folder.</summary>
    /// <param name="listing">The list of the folder.</param>
    /// <param name="places">The artifacts in it.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The artifacts, in order. One that cannot be read has no id.</returns>
    public static IReadOnlyList<DescribedPlace> Identify(Listing listing, IReadOnlyList<DescribedPlace> places, CancellationToken cancellationToken)
    {
        var links = listing.Items.Where(item => item.IsLink).Select(item => item.Path).ToHashSet(StringComparer.Ordinal);
        // A link that leads elsewhere is the only way to what it leads to.
        var marked = places.Select(one => links.Contains(one.Place.Path) && listing.FindTarget(one.Place.Path) is null ? one with { IsLinked = true } : one).ToList();
        var ids = new FolderCopies(listing, marked, cancellationToken).FindIds(marked);
        return [.. marked.Select((one, i) => ids.TryGetValue(i, out var id) ? one with { ObjectId = id } : one)];
    }

    private Dictionary<int, string> FindIds(List<DescribedPlace> places)
    {
        var all = Enumerable.Range(0, places.Count).Where(i => places[i].Place.Path.Length > 0).ToList();
        var types = MayBeCopies(all, i => places[i].Place.Type.Name);
        if (types.Count == 0) return [];
        SortFiles();
        var named = MayBeCopies(types, i => $"{places[i].Place.Type.Name}\n{string.Join('\n', FilesOf(places[i]).Select(file => file.Path))}");
        var sized = MayBeCopies(named, i => $"{places[i].Place.Type.Name}\n{string.Join('\n', FilesOf(places[i]).Select(file => $"{file.Path} {SizeOf(places[i], file.Item)}"))}");
        return sized.Select(i => (Place: i, Id: TryRead(() => IdOf(places[i])))).Where(one => one.Id is not null).ToDictionary(one => one.Place, one => one.Id!);

        // The same content is two artifacts in the same kind of folder.
        List<int> MayBeCopies(IEnumerable<int> some, Func<int, string> keyOf) =>
            [.. some.GroupBy(keyOf, StringComparer.Ordinal).Where(group => group.Select(i => PlaceFilter.RankOf(places[i])).ToList() is { Count: > 1 } ranks && (ranks.Distinct().Count() > 1 || ranks[0] > 1)).SelectMany(group => group)];
    }

    private void SortFiles()
    {
        foreach (var item in _listing.Items.Where(item => !item.IsFolder))
        {
            for (var path = item.Path; path.Length > 0; path = TreePath.Parent(path))
            {
                if (_files.TryGetValue(path, out var files)) files.Add(item);
            }
        }

        foreach (var files in _files.Values) files.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
    }

    // With the paths in the artifact. The path of a single file is empty: its name does not count.
    private IEnumerable<(string Path, TreeItem Item)> FilesOf(DescribedPlace one) => _files[one.Place.Path].Select(item => (item.Path[one.Place.Path.Length..], item));

    private string SizeOf(DescribedPlace one, TreeItem item) => TryRead(() =>
    {
        var file = new FileInfo(FullPath(item));
        // A link within an artifact is a link in the copy; one that is an artifact stands for what it leads to.
        if (file.LinkTarget is not { } target) return file.Length.ToString(CultureInfo.InvariantCulture);
        return item.Path == one.Place.Path && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo final ? final.Length.ToString(CultureInfo.InvariantCulture) : target;
    }) ?? "";

    private string IdOf(DescribedPlace one)
    {
        if (_files[one.Place.Path] is [var only] && only.Path == one.Place.Path) return GitObjectId.OfFile(FullPath(only), _cancellationToken).ToString();
        var entries = FilesOf(one).Select(file => $"{ModeOf(FullPath(file.Item))} {(new FileInfo(FullPath(file.Item)).LinkTarget ?? GitObjectId.OfFile(FullPath(file.Item), _cancellationToken).ToString())} {file.Path}");
        return string.Join('\n', entries);
    }

    // Git knows of a file only whether its owner may execute it.
    private static string ModeOf(string path) => !OperatingSystem.IsWindows() && new FileInfo(path) is { LinkTarget: null } file && file.UnixFileMode.HasFlag(UnixFileMode.UserExecute) ? "x" : "-";

    private string FullPath(TreeItem item) => _listing.FindTarget(item.Path) ?? Path.Combine(_listing.Source.Repository.Folder!, item.Path.Replace('/', Path.DirectorySeparatorChar));

    // An artifact that cannot be read is listed, and the reason is reported when it is added.
    private string? TryRead(Func<string> read)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageException)
        {
            return null;
        }
    }
}
