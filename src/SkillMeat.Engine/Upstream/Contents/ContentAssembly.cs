using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Contents;

/// <summary>
/// Assembles the answer to a question: first the listings from git's trees, then the files, which can come from any source. A file is accepted only
/// if its bytes match the id in the trees, so that no source can change them. Content that is already in the store does not count as missing. Not
/// thread-safe.
/// </summary>
/// <param name="question">The wanted paths.</param>
/// <param name="objects">The batch that receives the content.</param>
/// <param name="index">The index of content that was fetched before.</param>
/// <param name="limits">The limits of what a server may send.</param>
internal sealed class ContentAssembly(ContentQuestion question, ObjectBatch objects, IGitContentIndex index, UpstreamLimits limits) : IDisposable
{
    // Smaller files are read into memory and checked before they are stored.
    private const int SmallFile = 4 * 1024 * 1024;
    private const long MostBytes = 2L << 30;
    private const int MostPaths = 20_000;

    private readonly ObjectWriter _writer = objects.BeginWrite();
    private readonly Dictionary<string, FetchedPath> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GitListing> _listings = new(StringComparer.Ordinal);
    private readonly Dictionary<GitOid, StoredContent> _files = [];
    private readonly Dictionary<GitOid, string> _targets = [];
    private readonly Dictionary<GitOid, (LfsPointer Pointer, byte[] Bytes)> _pointers = [];
    private readonly Dictionary<GitOid, string> _problems = [];
    private readonly HashSet<GitOid> _wantedFiles = [];
    private readonly HashSet<GitOid> _wantedLinks = [];
    private readonly HashSet<GitOid> _missing = [];
    private readonly HashSet<GitOid> _fresh = [];
    private readonly List<string> _paths = [.. question.Paths.Distinct(StringComparer.Ordinal)];
    // The number of links that lead to each path.
    private readonly Dictionary<string, int> _links = question.Paths.Distinct(StringComparer.Ordinal).ToDictionary(path => path, _ => 0, StringComparer.Ordinal);
    private readonly Queue<GitListing> _unfollowed = [];
    private long _bytes;
    private int _linkedFiles;

    public ContentQuestion Question => question;

    /// <summary>The batch that receives the content.</summary>
    public ObjectBatch Objects => objects;

    private ObjectStore Store => objects.Store;

    /// <summary>The paths for which neither the content nor a listing is known.</summary>
    public IReadOnlyList<string> Unlisted => [.. _paths.Where(path => !_answers.ContainsKey(path) && !_listings.ContainsKey(path))];

    /// <summary>The blobs that the listings contain and that have not been added yet.</summary>
    public IReadOnlyCollection<GitOid> Missing => _missing;

    /// <summary>The pointers of Git LFS among the added files.</summary>
    public IReadOnlyCollection<KeyValuePair<GitOid, LfsPointer>> Pointers => [.. _pointers.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Pointer))];

    /// <summary>Adds the paths that links lead to and that are not listed yet, until there are none. Links that lead to themselves end at the limits of a path.</summary>
    /// <returns>Whether there are paths to list.</returns>
    /// <exception cref="UpstreamException">There are more links, or more files that they lead to, than any artifact has.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public bool FollowLinks(CancellationToken cancellationToken)
    {
        var before = _paths.Count;
        while (_unfollowed.TryDequeue(out var listing))
        {
            var links = _links[listing.Path] + 1;
            if (links > LinkPath.MostLinks) continue;
            foreach (var link in listing.Files.Where(file => file.IsLink))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var place = listing.PlaceOf(link);
                if (LinkPath.Resolve(place, _targets[link.Id], listing.Rest) is not { } path || LinkPath.IsIn(place, path) || !_links.TryAdd(path, links)) continue;
                if (_links.Count - question.Paths.Count > MostPaths) throw new UpstreamException(ErrorIds.ArchiveRefused, $"{question.Repository} at {question.Commit}: the requested folders have more than {MostPaths} links.");
                if (FolderAround(path) is not { } folder)
                {
                    _paths.Add(path);
                    continue;
                }

                var found = folder.Within(path);
                CountLinked(found);
                _listings[path] = found;
                _unfollowed.Enqueue(found);
            }
        }

        return _paths.Count > before;
    }

    /// <summary>Whether the content of a wanted path is in the store, because its tree was fetched before.</summary>
    public bool TryTakeStored(string path, GitOid tree)
    {
        if (_answers.ContainsKey(path)) return true;
        if (!question.Paths.Contains(path) || index.FindFolder(tree, Store) is not { } stored || HasLinks(stored.Id)) return false;
        _answers[path] = new FetchedPath(path, new TreeEntry(NameOf(path), TreeEntryKind.Folder, stored.Id, stored.Size), Error: null);
        index.Add(question.Repository, path, stored);
        return true;
    }

    /// <summary>Whether a blob is in the store or has been added.</summary>
    public bool Has(GitOid blob) => _files.ContainsKey(blob) || index.FindFile(blob, Store) is not null;

    /// <summary>Adds the listing of a path.</summary>
    /// <exception cref="UpstreamException">Links lead to more files than any artifact has.</exception>
    public void List(GitListing listing)
    {
        if (listing is { IsFolder: true, Id: { } tree } && TryTakeStored(listing.Path, tree)) return;
        if (_links[listing.Path] > 0) CountLinked(listing);
        _listings[listing.Path] = listing;
        _unfollowed.Enqueue(listing);
        foreach (var file in listing.Files)
        {
            if (!(file.IsLink ? _wantedLinks : _wantedFiles).Add(file.Id)) continue;
            if (index.FindFile(file.Id, Store) is not { } stored) _missing.Add(file.Id);
            // The index has the file of a Git LFS pointer, but a link needs the text of the blob.
            else if (file.IsLink && stored.IsLfs) _missing.Add(file.Id);
            else if (file.IsLink) _targets[file.Id] = Encoding.UTF8.GetString(Store.ReadBlob(stored.Id));
            else _files[file.Id] = stored;
        }
    }

    /// <summary>Returns the places of the missing blobs in the listings.</summary>
    /// <returns>The full paths with their blobs.</returns>
    public IReadOnlyDictionary<string, GitOid> MissingPaths()
    {
        var paths = new Dictionary<string, GitOid>(StringComparer.Ordinal);
        foreach (var listing in _listings.Values)
        {
            foreach (var file in listing.Files.Where(file => _missing.Contains(file.Id))) paths[listing.PlaceOf(file)] = file.Id;
        }

        return paths;
    }

    /// <summary>Adds a blob whose bytes have been checked.</summary>
    /// <exception cref="StorageException">The store cannot be written.</exception>
    public void Add(GitOid id, byte[] bytes)
    {
        if (!_missing.Contains(id)) return;
        Count(bytes.Length);
        if (_wantedLinks.Contains(id))
        {
            _targets[id] = Encoding.UTF8.GetString(bytes);
            // The same blob may also be a Git LFS pointer, which must not be stored as a file.
            if (!_wantedFiles.Contains(id) && LfsPointer.Read(bytes) is null) Keep(id, _writer.AddBlob(bytes), bytes.Length);
        }

        if (_wantedFiles.Contains(id))
        {
            if (LfsPointer.Read(bytes) is { } pointer) _pointers[id] = (pointer, bytes);
            else Keep(id, _writer.AddBlob(bytes), bytes.Length);
        }

        _missing.Remove(id);
    }

    /// <summary>
    /// Adds a blob if the bytes match its id, or if it is a Git LFS pointer and the bytes are those of its file, which GitHub's archives contain
    /// instead.
    /// </summary>
    /// <param name="id">The id of the blob.</param>
    /// <param name="content">The bytes to check.</param>
    /// <param name="size">The number of bytes.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="EndOfStreamException">The content is shorter than its size.</exception>
    /// <exception cref="StorageException">The store cannot be written.</exception>
    public bool TryAdd(GitOid id, Stream content, long size, CancellationToken cancellationToken)
    {
        if (!_missing.Contains(id)) return false;
        if (size <= SmallFile)
        {
            var bytes = new byte[size];
            content.ReadExactly(bytes);
            if (GitObjectId.OfBlob(bytes) == id) Add(id, bytes);
            else if (!_wantedLinks.Contains(id) && PointerTo(SHA256.HashData(bytes), size) == id) Take(_writer.AddBlob(bytes), isLfs: true);
            else return false;
            return true;
        }

        if (_wantedLinks.Contains(id)) return false;
        if (!HasRoomFor(size)) throw TooLarge();
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        sha1.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {size}\0")));
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var hashed = new HashedStream(content, sha1);
        using var hashedTwice = new HashedStream(hashed, sha256);
        var stored = _writer.AddBlob(hashedTwice, size, cancellationToken);
        var isPlain = new GitOid(sha1.GetHashAndReset()) == id;
        if (!isPlain && PointerTo(sha256.GetHashAndReset(), size) != id) return false;
        Take(stored, isLfs: !isPlain);
        return true;

        void Take(ObjectId taken, bool isLfs)
        {
            Count(size);
            Keep(id, taken, size, isLfs);
            _missing.Remove(id);
        }
    }

    /// <summary>Adds the file of a Git LFS pointer if its bytes are correct.</summary>
    /// <returns>Whether the bytes are correct.</returns>
    /// <exception cref="EndOfStreamException">The content is too short.</exception>
    /// <exception cref="StorageException">The store cannot be written.</exception>
    public bool TryReplace(GitOid pointer, Stream content, CancellationToken cancellationToken)
    {
        var wanted = _pointers[pointer].Pointer;
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var hashed = new HashedStream(content, sha256);
        var stored = _writer.AddBlob(hashed, wanted.Size, cancellationToken);
        if (content.ReadByte() >= 0 || !Convert.ToHexString(sha256.GetHashAndReset()).Equals(wanted.Sha256, StringComparison.OrdinalIgnoreCase)) return false;
        Count(wanted.Size);
        Keep(pointer, stored, wanted.Size, isLfs: true);
        _pointers.Remove(pointer);
        return true;
    }

    /// <summary>Whether a file of a size fits within the limit.</summary>
    public bool HasRoomFor(long size) => size <= MostBytes - _bytes;

    /// <summary>Records why the file of a pointer could not be fetched.</summary>
    /// <param name="pointer">The pointer, which is stored in place of the file.</param>
    /// <param name="why">The reason, in a form that fits into parentheses.</param>
    public void GiveUp(GitOid pointer, string why) => _problems[pointer] = why;

    /// <summary>Stores the folders. Everything that was added is visible when the batch is committed.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The paths in the order of the question.</returns>
    /// <exception cref="StorageException">The store cannot be written.</exception>
    public IReadOnlyList<FetchedPath> Finish(CancellationToken cancellationToken)
    {
        // Pointers are not added to the index, because their files may be available later.
        var plain = _pointers.ToDictionary(pair => pair.Key, pair => new StoredContent(_writer.AddBlob(pair.Value.Bytes), pair.Value.Bytes.Length, IsFolder: false));
        var wanted = question.Paths.Distinct(StringComparer.Ordinal).Where(path => !_answers.ContainsKey(path)).Select(path => _listings[path]).ToList();
        var finished = wanted.ConvertAll(listing => Finish(listing, plain, cancellationToken));
        foreach (var answer in finished) _answers[answer.Path] = answer;
        _writer.Commit();
        foreach (var id in _fresh) index.Add(id, _files[id]);
        foreach (var listing in wanted)
        {
            if (_answers[listing.Path] is not { Entry: { Kind: TreeEntryKind.Folder } entry, Warnings.Count: 0 } || listing.Id is not { } tree) continue;
            var content = new StoredContent(entry.Id, entry.Size, IsFolder: true);
            // Content that differs from the tree could not be verified later.
            if (listing.IsWhole && !listing.Files.Any(file => file.IsLink || _files[file.Id].IsLfs)) index.Add(tree, content);
            index.Add(question.Repository, listing.Path, content);
        }

        return [.. question.Paths.Select(path => _answers[path])];
    }

    public void Dispose() => _writer.Dispose();

    private static GitOid PointerTo(byte[] sha256, long size) => GitObjectId.OfBlob(new LfsPointer(Convert.ToHexString(sha256).ToLowerInvariant(), size).ToBytes());

    // Content that an earlier version fetched has links as links.
    private bool HasLinks(ObjectId tree) => Store.ReadTree(tree).Any(entry => entry.Kind == TreeEntryKind.Link || (entry.Kind == TreeEntryKind.Folder && HasLinks(entry.Id)));

    private void CountLinked(GitListing listing)
    {
        if ((_linkedFiles += listing.Files.Count) > limits.ArchiveMembers) throw UpstreamLimits.Exceeded($"{question.Repository} at {question.Commit}", $"{limits.ArchiveMembers} files that links lead to", "archive-members");
    }

    private GitListing? FolderAround(string path)
    {
        for (var end = path.Length; end >= 0; end = end == 0 ? -1 : Math.Max(0, path.LastIndexOf('/', end - 1)))
        {
            if (_listings.TryGetValue(path[..end], out var listing) && listing is { IsFolder: true, Through: null }) return listing;
        }

        return null;
    }

    private string NameOf(string path) => path.Length == 0 ? question.Repository.Name ?? "root" : path[(path.LastIndexOf('/') + 1)..];

    private void Keep(GitOid id, ObjectId stored, long size, bool isLfs = false)
    {
        var content = new StoredContent(stored, size, IsFolder: false) { IsLfs = isLfs };
        _files[id] = content;
        _fresh.Add(id);
    }

    private void Count(long size)
    {
        if (HasRoomFor(size)) _bytes += size;
        else throw TooLarge();
    }

    private SkillMeatException TooLarge() => new(ErrorIds.ArchiveRefused, $"{question.Repository} at {question.Commit}: the requested files are larger than {MostBytes >> 30} GiB in total.");

    private FetchedPath Finish(GitListing listing, Dictionary<GitOid, StoredContent> plain, CancellationToken cancellationToken)
    {
        var pointers = new List<string>();
        var files = new LinkedFiles(question.Repository, _listings, id => _targets[id], file => ToNode(file, plain), path => _answers.GetValueOrDefault(path)?.Entry, Store, limits.ArchiveMembers, cancellationToken)
        {
            Added = (file, place) =>
            {
                if (!plain.ContainsKey(file.Id)) return;
                var why = _problems.TryGetValue(file.Id, out var reason) ? $" ({reason})" : "";
                pointers.Add($"'{place}' of {question.Repository} is stored with Git LFS, and its content could not be fetched{why}; its pointer was stored instead.");
            },
        };
        ContentTree tree;
        try
        {
            tree = files.Build(listing);
        }
        catch (UpstreamException e)
        {
            // The other paths are usable.
            return new FetchedPath(listing.Path, Entry: null, e);
        }

        var fetched = tree.Finish(_writer, question.Repository);
        var outside = files.Outside;
        return files.Warnings.Count + pointers.Count + outside.Count == 0 ? fetched : fetched with { Warnings = [.. files.Warnings, .. pointers], Links = outside };
    }

    private ContentNode ToNode(GitFile file, Dictionary<GitOid, StoredContent> plain)
    {
        var stored = plain.TryGetValue(file.Id, out var pointer) ? pointer : _files[file.Id];
        return ContentNode.File(stored.Id, stored.Size, file.IsExecutable);
    }
}
