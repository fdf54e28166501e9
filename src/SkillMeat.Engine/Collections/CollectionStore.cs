using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Storage;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Collections;

/// <summary>
/// Lists, reads and creates the collections of a home. Opening a home finishes or rolls back changes that were interrupted by the death of a process.
/// </summary>
/// <remarks>Thread-safe. Locks in the home make it safe for several processes, too.</remarks>
public sealed class CollectionStore
{
    internal const string HomeLockName = "home";

    private volatile ReadParts? _read;

    private CollectionStore(HomeLayout layout, HomeStorage storage, ObjectStore objects, TimeProvider time, Random random, IReadOnlyList<string> notices)
    {
        Layout = layout;
        Storage = storage;
        Objects = objects;
        Time = time;
        Random = random;
        Notices = notices;
    }

    /// <summary>The one of <see cref="Notices"/> that says why a change could not be settled, or null.</summary>
    internal string? UnsettledNotice { get; private init; }

    /// <summary>The full path of the home.</summary>
    public string Home => Layout.Home;

    /// <summary>The name of the active collection, which operations use by default.</summary>
    /// <exception cref="DataFileException"><c>config.toml</c> cannot be read.</exception>
    public string ActiveCollection => ReadConfig().ActiveCollection;

    /// <summary>
    /// Messages about changes that were interrupted before this home was opened, one line each: that a change was finished or rolled back, where a
    /// file was put aside, or why a change could not be settled. Nearly always empty.
    /// </summary>
    public IReadOnlyList<string> Notices { get; }

    internal HomeLayout Layout { get; }

    internal HomeStorage Storage { get; }

    /// <summary>The contents of snapshots and merge bases. To add objects, hold the lock of a collection.</summary>
    internal ObjectStore Objects { get; }

    internal TimeProvider Time { get; }

    internal Random Random { get; }

    /// <summary>Opens an existing home.</summary>
    /// <param name="home">The path of the home.</param>
    /// <param name="time">The clock, or null for the system clock.</param>
    /// <returns>The store.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.HomeNotFound"/>: the folder does not exist.</exception>
    /// <remarks>An interrupted change that cannot be settled now is not an error but one of the <see cref="Notices"/>: the home can be read anyway.</remarks>
    public static CollectionStore Open(string home, TimeProvider? time = null) => Open(home, time, faults: null);

    /// <summary>
    /// Opens an existing home without writing to it. An interrupted change stays as it is, and is one of the <see cref="Notices"/>; manifests and lock files are read as they
    /// were before or will be after it.
    /// </summary>
    /// <param name="home">The path of the home.</param>
    /// <param name="time">The clock, or null for the system clock.</param>
    /// <returns>The store.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.HomeNotFound"/>: the folder does not exist.</exception>
    public static CollectionStore OpenToRead(string home, TimeProvider? time = null) => Open(home, time, faults: null, settles: false);

    /// <summary>Opens a home as <see cref="OpenToRead"/> does. One that does not exist has no configuration and no collections.</summary>
    /// <param name="home">The path of the home.</param>
    /// <param name="time">The clock, or null for the system clock.</param>
    /// <returns>The store.</returns>
    public static CollectionStore OpenOrEmpty(string home, TimeProvider? time = null) => Open(home, time, faults: null, settles: false, mustExist: false);

    /// <summary>Creates a home with an empty active collection. Whatever already exists is kept.</summary>
    /// <param name="home">The path of the home, which is created if it does not exist.</param>
    /// <param name="lockTimeout">The maximum time to wait for other processes.</param>
    /// <param name="time">The clock, or null for the system clock.</param>
    /// <param name="activeCollection">The name of the active collection, if the home has no configuration yet.</param>
    /// <param name="cancellationToken">Cancels the wait, and a change before its point of no return.</param>
    /// <returns>The store.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the name is not valid for a collection.</exception>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public static async Task<CollectionStore> InitializeAsync(
        string home, TimeSpan lockTimeout, TimeProvider? time = null, string activeCollection = HomeConfig.DefaultCollectionName, CancellationToken cancellationToken = default)
    {
        CollectionName.CheckNew(activeCollection);
        var layout = new HomeLayout(home);
        StorageGuard.Run("create", layout.Home, () => Directory.CreateDirectory(layout.Home));
        var store = Open(home, time);
        if (!File.Exists(layout.ConfigFile))
        {
            using var held = await store.Storage.LockAsync([HomeLockName], lockTimeout, cancellationToken).ConfigureAwait(false);
            if (!File.Exists(layout.ConfigFile))
            {
                var change = store.Storage.Begin(held);
                change.Write(layout.ConfigFile, HomeConfig.CreateNew(activeCollection), FileExpectation.Absent);
                change.Commit(cancellationToken);
            }
        }

        // An existing configuration may name another collection.
        var (active, isThere) = store.Storage.ReadAsOne(() =>
        {
            var name = store.ActiveCollection;
            return (name, File.Exists(layout.Manifest(name)));
        });
        if (!isThere)
        {
            await store.TryCreateAsync(active, description: null, activates: false, lockTimeout, cancellationToken).ConfigureAwait(false);
        }

        return store;
    }

    /// <summary>Lists the collections by name. An unreadable one is listed with its problem.</summary>
    /// <returns>The collections.</returns>
    /// <exception cref="DataFileException"><c>config.toml</c> cannot be read.</exception>
    public IReadOnlyList<CollectionSummary> List() => Storage.ReadAsOne(() =>
    {
        var config = ReadConfig();
        return ListNames().Select(name => Summarize(name, config.IsActive(name))).ToList();
    });

    /// <summary>Reads the manifest and lock file of a collection as of one moment.</summary>
    /// <param name="name">The folder name of the collection, or null for the active one.</param>
    /// <returns>The collection.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>: the home has no such collection; the message lists those that it has.</exception>
    /// <exception cref="DataFileException">A file of it is invalid; the message names the file and the position.</exception>
    public Collection Read(string? name = null) => Storage.ReadAsOne(() =>
    {
        var config = ReadConfig();
        var folder = name ?? config.ActiveCollection;
        return ToCollection(folder, ReadBytes(folder), config.IsActive(folder));
    });

    /// <summary>Creates an empty collection.</summary>
    /// <param name="name">The folder name of the collection.</param>
    /// <param name="lockTimeout">The maximum time to wait for other processes.</param>
    /// <param name="cancellationToken">Cancels the wait, and a change before its point of no return.</param>
    /// <returns>The collection.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the name is not valid. <see cref="ErrorIds.CollectionExists"/>: the collection already exists.</exception>
    public Task<Collection> CreateAsync(string name, TimeSpan lockTimeout, CancellationToken cancellationToken = default) => CreateAsync(name, description: null, activates: false, lockTimeout, cancellationToken);

    internal async Task<Collection> CreateAsync(string name, string? description, bool activates, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        CollectionName.CheckNew(name);
        // Read first, so that an invalid configuration fails before anything is created.
        ReadConfig();
        return !File.Exists(Layout.Manifest(name)) && await TryCreateAsync(name, description, activates, lockTimeout, cancellationToken).ConfigureAwait(false)
            ? Read(name)
            : throw new SkillMeatException(ErrorIds.CollectionExists, $"The collection '{name}' already exists.");
    }

    /// <summary>Makes a collection the active one, which operations use by default.</summary>
    /// <param name="name">The folder name of the collection.</param>
    /// <param name="lockTimeout">The maximum time to wait for other processes.</param>
    /// <param name="cancellationToken">Cancels the wait, and a change before its point of no return.</param>
    /// <returns>A task that completes when the change is committed.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>: the home has no such collection.</exception>
    public async Task SetActiveAsync(string name, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        CheckExists(name);
        ReadConfig();
        using var held = await Storage.LockAsync([HomeLockName], lockTimeout, cancellationToken).ConfigureAwait(false);
        // It can have got another name while waiting for the lock.
        CheckExists(name);
        if (PlanActivation(name, cancellationToken) is not { } activate)
        {
            return;
        }

        var change = Storage.Begin(held);
        activate(change);
        change.Commit(cancellationToken);
    }

    /// <summary>Plans to make a collection the active one. Requires the lock of the home.</summary>
    /// <returns>Adds the change to a transaction; null if it is the active one already.</returns>
    internal Action<Transaction>? PlanActivation(string name, CancellationToken cancellationToken)
    {
        var bytes = Storage.ReadConsistent([Layout.ConfigFile], cancellationToken)[0];
        var config = HomeConfig.Parse(bytes, Layout.ConfigFile);
        return bytes is not null && config.IsActive(name) ? null : change => change.Write(Layout.ConfigFile, config.WithActiveCollection(name), FileExpectation.Of(bytes));
    }

    internal static CollectionStore Open(string home, TimeProvider? time, IStorageFaults? faults, bool settles = true, Random? random = null, bool mustExist = true)
    {
        // Clock and random numbers of the system come in here and nowhere else.
#pragma warning disable RS0030
        time ??= TimeProvider.System;
        random ??= Random.Shared;
#pragma warning restore RS0030
        var layout = new HomeLayout(home);
        if (mustExist && !Directory.Exists(layout.Home))
        {
            throw new SkillMeatException(ErrorIds.HomeNotFound, $"There is no SkillMeat home at '{layout.Home}'.");
        }

        var storage = new HomeStorage(layout.Home, time, random, faults);
        var report = settles ? storage.Recover() : null;
        var notices = report is null ? RecoveryNotices.OfAbandoned(storage) : RecoveryNotices.Of(report);
        return new CollectionStore(layout, storage, new ObjectStore(layout.Home, random, faults), time, random, notices)
        {
            UnsettledNotice = report?.Problem is null ? null : notices[^1],
        };
    }

    /// <summary>Returns the name of a collection as its folder is spelled, for disks that ignore case.</summary>
    internal string SpellingOf(string name)
    {
        if (ArtifactId.DescribeBadName(name) is not null || !File.Exists(Layout.Manifest(name))) return name;
        var names = ListNames();
        return names.Contains(name) ? name : names.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;
    }

    /// <summary>Returns the folder in which the snapshots of a collection are. In the middle of a rename, that is another one than the layout says.</summary>
    internal string SnapshotsFolderOf(string collection) => Storage.Locate(Layout.SnapshotsFolder(collection)) ?? Layout.SnapshotsFolder(collection);

    internal static string LockNameOf(string collection) => $"collection '{collection}'";

    internal HomeConfig ReadConfig() => HomeConfig.Parse(Storage.ReadConsistent([Layout.ConfigFile])[0], Layout.ConfigFile);

    /// <inheritdoc cref="CurrentNames.Of"/>
    internal string CurrentNameOf(string recorded) => new CurrentNames(this).Of(recorded);

    internal CollectionFiles ReadFiles(string name)
    {
        var files = ReadBytes(name);
        var known = FindKnown(name, files);
        // The same bytes are kept in memory once.
        if (known is not null) files = (known.ManifestBytes, known.LockBytes);
        return new CollectionFiles(
            files.Manifest,
            files.LockFile,
            Manifest.Of(known?.Manifest, Layout.Manifest(name)) ?? Manifest.Parse(files.Manifest, Layout.Manifest(name)),
            known is null ? LockFile.Parse(files.LockFile, Layout.LockFile(name)) : LockFile.Of(files.LockFile, Layout.LockFile(name), known.LockFile),
            known?.Artifacts);
    }

    /// <summary>Returns the collection of files that have not been edited.</summary>
    internal Collection ToCollection(string name, CollectionFiles files, bool isActive) =>
        ToCollection(name, files.Manifest, files.ReadArtifacts(name), isActive);

    /// <summary>Returns a collection with the groups, MCP servers and tag definitions of an edited manifest. The artifacts are those from before the edits.</summary>
    internal Collection ToCollection(string name, Manifest edited, Collection before) => ToCollection(name, edited, before.Artifacts, before.IsActive);

    private (byte[] Manifest, byte[]? LockFile) ReadBytes(string name)
    {
        CheckExists(name);
        var files = Storage.ReadConsistent([Layout.Manifest(name), Layout.LockFile(name)]);
        return files[0] is { } manifest ? (manifest, files[1]) : throw Missing(name);
    }

    /// <summary>Returns the collection of the bytes of its files.</summary>
    internal Collection ToCollection(string name, (byte[] Manifest, byte[]? LockFile) files, bool isActive)
    {
        if ((FindKnown(name, files) ?? TryReadByParts(name, files)) is { } read) return ToCollection(name, Manifest.Of(read.Manifest, Layout.Manifest(name))!, read.Artifacts, isActive);
        var whole = Manifest.ParseWhole(files.Manifest, Layout.Manifest(name));
        return ToCollection(name, whole, whole.ReadArtifacts(name, LockFile.ParseWhole(files.LockFile, Layout.LockFile(name)), hasDetails: true), isActive);
    }

    private ReadParts? FindKnown(string name, (byte[] Manifest, byte[]? LockFile) files)
    {
        if (_read is { } read && read.Fit(name, files)) return read;
        if (new PartsIndex(Objects.Disk, Layout, name).Find(files.Manifest, files.LockFile) is not { } parts) return null;
        var lockFile = LockFile.Of(files.LockFile, Layout.LockFile(name), parts.LockFile);
        var artifacts = new ArtifactList(name, files.Manifest, Layout.Manifest(name), parts.Manifest, lockFile, DetailsOf(name, files, lockFile), _read is { } before && before.Name == name ? before.Artifacts : null);
        return Keep(new ReadParts(name, files.Manifest, files.LockFile, parts.Manifest, parts.LockFile, artifacts));
    }

    /// <summary>Forgets the files that were read last, so that the memory can be used for something else.</summary>
    internal void ForgetRead() => _read = null;

    // A small collection is read as fast as it is found here.
    private ReadParts Keep(ReadParts read)
    {
        if (PartsIndex.IsWorthwhile(read.ManifestBytes) || _read is not { } kept || kept.Name == read.Name || !PartsIndex.IsWorthwhile(kept.ManifestBytes)) _read = read;
        return read;
    }

    private DetailsSource DetailsOf(string name, (byte[] Manifest, byte[]? LockFile) files, LockFile lockFile) =>
        new(files.Manifest, Layout.Manifest(name), files.LockFile ?? [], Layout.LockFile(name), lockFile);

    // Null for files that must be read as a whole, so that every error is that of the whole.
    private ReadParts? TryReadByParts(string name, (byte[] Manifest, byte[]? LockFile) files)
    {
        try
        {
            var lockFile = LockFile.Parse(files.LockFile, Layout.LockFile(name));
            if (!lockFile.HasPlaces) return null;
            var details = DetailsOf(name, files, lockFile);
            var parts = ManifestParts.TryRead(
                files.Manifest, Layout.Manifest(name), (id, table, place) => ArtifactReader.Read(name, id, table, lockFile.Find(id), LazyDetails.Of(details, id, place)));
            if (parts is null) return null;
            var artifacts = new ArtifactList(name, files.Manifest, Layout.Manifest(name), parts, lockFile, details);
            return Keep(new ReadParts(name, files.Manifest, files.LockFile, parts, lockFile.Parts, artifacts));
        }
        catch (DataFileException)
        {
            return null;
        }
    }

    private Collection ToCollection(string name, Manifest manifest, IReadOnlyList<Artifact> artifacts, bool isActive)
    {
        var groups = manifest.ReadGroups();
        return new()
        {
            Name = name,
            Title = manifest.Title,
            Description = manifest.ReadDescription(),
            Folder = Layout.CollectionFolder(name),
            IsActive = isActive,
            Created = IsoTime.Read(manifest.Header.OptionalText("created")),
            Updated = IsoTime.Read(manifest.Header.OptionalText("updated")),
            Artifacts = artifacts,
            Groups = TextValues.Of(groups.Select(group => group.Name).OfType<string>()),
            GroupDefinitions = groups,
            McpServers = new([.. manifest.ReadMcpServers().Select(server => server with { Collection = name })]),
            TagDefinitions = new([.. manifest.ReadTagDefinitions().Select(tag => tag with { Collection = name })]),
            FormatVersion = manifest.ReadFormatVersion(),
            OtherValues = manifest.ReadOtherValues(),
        };
    }

    /// <summary>Creates an empty collection, unless it exists.</summary>
    private async Task<bool> TryCreateAsync(string name, string? description, bool activates, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        // The lock of the home as well: a holder of all locks relies on the list of collections not changing.
        using var held = await Storage.LockAsync([LockNameOf(name), HomeLockName], lockTimeout, cancellationToken).ConfigureAwait(false);
        if (File.Exists(Layout.Manifest(name)))
        {
            return false;
        }

        var change = Storage.Begin(held);
        // The folders that Python SkillMeat creates. The others come with the first artifact of their type.
        foreach (var type in new[] { ArtifactType.Skill, ArtifactType.Command, ArtifactType.Agent })
        {
            change.CreateFolder(Path.Combine(Layout.CollectionFolder(name), type.Container!));
        }

        if (!File.Exists(Layout.LockFile(name)))
        {
            change.Write(Layout.LockFile(name), LockFile.CreateNew(), FileExpectation.Absent);
        }

        change.Write(Layout.Manifest(name), Manifest.CreateNew(name, description, Time.GetUtcNow()), FileExpectation.Absent);
        if (activates) PlanActivation(name, cancellationToken)?.Invoke(change);
        change.Commit(cancellationToken);
        return true;
    }

    private CollectionSummary Summarize(string name, bool isActive)
    {
        try
        {
            // Read in full, because some errors show only then.
            return ToCollection(name, ReadBytes(name), isActive).Summarize();
        }
        catch (SkillMeatException e)
        {
            return new CollectionSummary { Name = name, IsActive = isActive, Folder = Layout.CollectionFolder(name), Problem = e.Message, ErrorId = e.ErrorId };
        }
    }

    /// <summary>Lists the names of the collections without reading their files.</summary>
    /// <returns>The names, sorted.</returns>
    /// <exception cref="StorageException">The folder of the collections cannot be read.</exception>
    public IReadOnlyList<string> ListNames() => Storage.ReadAsOne(() => StorageGuard.Run(
        "read",
        Layout.CollectionsFolder,
        () => Directory.Exists(Layout.CollectionsFolder)
            ? Directory.EnumerateDirectories(Layout.CollectionsFolder)
                .Select(f => Path.GetFileName(f)!)
                // A folder that a transaction has set aside is none.
                .Where(n => !n.StartsWith(".skm-", StringComparison.Ordinal) && File.Exists(Layout.Manifest(n)))
                .Order(StringComparer.Ordinal)
                .ToList()
            : []));

    /// <summary>Throws unless there is a collection of this name, or at least a snapshot of one.</summary>
    internal void CheckKnown(string name)
    {
        CollectionName.Check(name);
        if (!File.Exists(Layout.Manifest(name)) && !Directory.Exists(Storage.Locate(Layout.SnapshotsFolder(name))))
        {
            throw Missing(name);
        }
    }

    internal void CheckExists(string name)
    {
        CollectionName.Check(name);
        if (!File.Exists(Layout.Manifest(name)))
        {
            throw Missing(name);
        }
    }

    /// <summary>Creates the error for an unknown collection, with the names of the known ones.</summary>
    /// <param name="name">The name that was asked for.</param>
    /// <returns>The error.</returns>
    public SkillMeatException Missing(string name)
    {
        var names = ListNames();
        var nearest = NearestName.Find(name, names);
        var suggestion = nearest is null ? "" : $"Did you mean '{nearest}'? ";
        var known = names.Count == 0 ? "It has no collections yet." : $"{suggestion}It has: {string.Join(", ", names)}.";
        return new SkillMeatException(ErrorIds.CollectionNotFound, $"The home '{Home}' has no collection '{name}'. {known}") { Nearest = nearest };
    }
}
