using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Storage;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Collections;

/// <summary>
/// A home and the collections in it: lists, reads and makes them. Opening one finishes or takes back a change that was interrupted when a process died.
/// </summary>
/// <remarks>Safe from several threads and, through locks in the home, from several processes.</remarks>
public sealed class CollectionStore
{
    internal const string HomeLockName = "home";

    private CollectionStore(HomeLayout layout, HomeStorage storage, ObjectStore objects, TimeProvider time, IReadOnlyList<string> notices)
    {
        Layout = layout;
        Storage = storage;
        Objects = objects;
        Time = time;
        Notices = notices;
    }

    /// <summary>The home's folder, a full path.</summary>
    public string Home => Layout.Home;

    /// <summary>The name of the collection that operations mean when they name none.</summary>
    /// <exception cref="DataFileException"><c>config.toml</c> can't be read.</exception>
    public string ActiveCollection => ReadConfig().ActiveCollection;

    /// <summary>
    /// What a person should know about changes that were interrupted before this home was opened, in a line each: that one was finished or taken back, where a
    /// file was put aside, why one is left as it is. Empty nearly always.
    /// </summary>
    public IReadOnlyList<string> Notices { get; }

    internal HomeLayout Layout { get; }

    internal HomeStorage Storage { get; }

    /// <summary>The contents that snapshots and merges need. Who adds some holds the lock of a collection.</summary>
    internal ObjectStore Objects { get; }

    internal TimeProvider Time { get; }

    /// <summary>Opens a home that exists.</summary>
    /// <param name="home">Its folder.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <returns>The store.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.HomeNotFound"/>: there is no such folder.</exception>
    /// <remarks>A change that was interrupted and can't be settled now is no error but one of the <see cref="Notices"/>: the home can be read all the same.</remarks>
    public static CollectionStore Open(string home, TimeProvider? time = null) => Open(home, time, faults: null);

    /// <summary>Opens a home that exists without writing to it. A change that was interrupted stays as it is, and is one of the <see cref="Notices"/>; manifests and lock files are read as of before or after it.</summary>
    /// <param name="home">Its folder.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <returns>The store.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.HomeNotFound"/>: there is no such folder.</exception>
    public static CollectionStore OpenToRead(string home, TimeProvider? time = null) => Open(home, time, faults: null, settles: false);

    /// <summary>Makes a home with an empty active collection; what is there already stays.</summary>
    /// <param name="home">Its folder, made where it is not there.</param>
    /// <param name="lockTimeout">How long to wait for another process that does the same.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="activeCollection">What the active collection of a home without configuration is called.</param>
    /// <param name="cancellationToken">Stops the wait; a change that has begun is finished or taken back.</param>
    /// <returns>The store.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the name can't be a collection's.</exception>
    /// <exception cref="StorageException">The folder can't be written.</exception>
    public static async Task<CollectionStore> InitializeAsync(
        string home, TimeSpan lockTimeout, TimeProvider? time = null, string activeCollection = HomeConfig.DefaultCollectionName, CancellationToken cancellationToken = default)
    {
        CheckNewName(activeCollection);
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

        // As the configuration says, which may be older than this call.
        var active = store.ActiveCollection;
        if (!File.Exists(layout.Manifest(active)))
        {
            await store.TryCreateAsync(active, lockTimeout, cancellationToken).ConfigureAwait(false);
        }

        return store;
    }

    /// <summary>Lists the collections by name. One that can't be read is listed with its problem.</summary>
    /// <returns>The collections.</returns>
    /// <exception cref="DataFileException"><c>config.toml</c> can't be read.</exception>
    public IReadOnlyList<CollectionSummary> List()
    {
        var config = ReadConfig();
        return ListNames().Select(name => Summarize(name, config.IsActive(name))).ToList();
    }

    /// <summary>Reads a collection: its manifest and lock file as they were at one moment.</summary>
    /// <param name="name">The name of its folder; null for the active one.</param>
    /// <returns>The collection.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>: the home has none of that name; the message lists those that it has.</exception>
    /// <exception cref="DataFileException">A file of it can't be read; names the file and the place in it.</exception>
    public Collection Read(string? name = null)
    {
        var config = ReadConfig();
        var folder = name ?? config.ActiveCollection;
        return ToCollection(folder, ReadFiles(folder), config.IsActive(folder));
    }

    /// <summary>Makes an empty collection.</summary>
    /// <param name="name">The name of its folder.</param>
    /// <param name="lockTimeout">How long to wait for another process.</param>
    /// <param name="cancellationToken">Stops the wait; a change that has begun is finished or taken back.</param>
    /// <returns>The collection.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the name can't be one; <see cref="ErrorIds.CollectionExists"/>.</exception>
    public async Task<Collection> CreateAsync(string name, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        CheckNewName(name);
        // What the result needs is read first: a configuration that can't be read must not be found out when the collection is made already.
        ReadConfig();
        return !File.Exists(Layout.Manifest(name)) && await TryCreateAsync(name, lockTimeout, cancellationToken).ConfigureAwait(false)
            ? Read(name)
            : throw new SkillMeatException(ErrorIds.CollectionExists, $"There is a collection '{name}' already.");
    }

    /// <summary>Makes a collection the one that operations mean when they name none.</summary>
    /// <param name="name">The name of its folder.</param>
    /// <param name="lockTimeout">How long to wait for another process.</param>
    /// <param name="cancellationToken">Stops the wait; a change that has begun is finished or taken back.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.CollectionNotFound"/>.</exception>
    public async Task SetActiveAsync(string name, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        CheckExists(name);
        ReadConfig();
        using var held = await Storage.LockAsync([HomeLockName], lockTimeout, cancellationToken).ConfigureAwait(false);
        var bytes = Storage.ReadConsistent([Layout.ConfigFile], cancellationToken)[0];
        var config = HomeConfig.Parse(bytes, Layout.ConfigFile);
        if (bytes is not null && config.IsActive(name))
        {
            return;
        }

        var change = Storage.Begin(held);
        change.Write(Layout.ConfigFile, config.WithActiveCollection(name), FileExpectation.Of(bytes));
        change.Commit(cancellationToken);
    }

    internal static CollectionStore Open(string home, TimeProvider? time, IStorageFaults? faults, bool settles = true)
    {
        var layout = new HomeLayout(home);
        if (!Directory.Exists(layout.Home))
        {
            throw new SkillMeatException(ErrorIds.HomeNotFound, $"There is no SkillMeat home at '{layout.Home}'.");
        }

        var storage = new HomeStorage(layout.Home, time ?? TimeProvider.System, faults);
        return new CollectionStore(layout, storage, new ObjectStore(layout.Home, faults), time ?? TimeProvider.System, settles ? Describe(storage.Recover()) : DescribeAbandoned(storage));
    }

    internal static string LockNameOf(string collection) => $"collection '{collection}'";

    internal HomeConfig ReadConfig() => HomeConfig.Parse(Storage.ReadConsistent([Layout.ConfigFile])[0], Layout.ConfigFile);

    internal CollectionFiles ReadFiles(string name)
    {
        CheckExists(name);
        var files = Storage.ReadConsistent([Layout.Manifest(name), Layout.LockFile(name)]);
        return files[0] is { } manifest
            ? new CollectionFiles(manifest, files[1], Manifest.Parse(manifest, Layout.Manifest(name)), LockFile.Parse(files[1], Layout.LockFile(name)))
            : throw Missing(name);
    }

    internal Collection ToCollection(string name, CollectionFiles files, bool isActive) => new()
    {
        Name = name,
        Title = files.Manifest.Title,
        Folder = Layout.CollectionFolder(name),
        IsActive = isActive,
        Created = IsoTime.Read(files.Manifest.Header.OptionalText("created")),
        Updated = IsoTime.Read(files.Manifest.Header.OptionalText("updated")),
        Artifacts = files.Manifest.ReadArtifacts(name, files.LockFile),
        Groups = TextValues.Of(files.Manifest.ReadGroupNames()),
        McpServerCount = files.Manifest.CountMcpServers(),
    };

    /// <summary>Makes an empty collection, unless there is one.</summary>
    private async Task<bool> TryCreateAsync(string name, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        // The home's as well: who takes all collections' locks must know that there is no other one.
        using var held = await Storage.LockAsync([LockNameOf(name), HomeLockName], lockTimeout, cancellationToken).ConfigureAwait(false);
        if (File.Exists(Layout.Manifest(name)))
        {
            return false;
        }

        var change = Storage.Begin(held);
        // The folders that the original makes; the rest come with the first artifact of their type.
        foreach (var type in new[] { ArtifactType.Skill, ArtifactType.Command, ArtifactType.Agent })
        {
            change.CreateFolder(Path.Combine(Layout.CollectionFolder(name), type.Container!));
        }

        if (!File.Exists(Layout.LockFile(name)))
        {
            change.Write(Layout.LockFile(name), LockFile.CreateNew(), FileExpectation.Absent);
        }

        change.Write(Layout.Manifest(name), Manifest.CreateNew(name, Time.GetUtcNow()), FileExpectation.Absent);
        change.Commit(cancellationToken);
        return true;
    }

    private static List<string> DescribeAbandoned(HomeStorage storage) => storage.HasAbandonedChange()
        ? ["A change was interrupted. The next command that changes this home, or a repair, finishes it or takes it back."]
        : [];

    private static List<string> Describe(RecoveryReport report)
    {
        var notices = new List<string>();
        if (report.Finished > 0)
        {
            notices.Add("A change that was interrupted is finished now.");
        }

        if (report.TakenBack > 0)
        {
            notices.Add("A change that was interrupted was taken back; nothing of it is left.");
        }

        notices.AddRange(report.PutAside.Select(path => $"Another program had changed a file meanwhile; what it wrote is kept in {path}."));
        if (report.Problem is { } problem)
        {
            notices.Add($"A change that was interrupted is left as it is: {problem.Message}");
        }

        return notices;
    }

    private CollectionSummary Summarize(string name, bool isActive)
    {
        try
        {
            // Read as a whole, because some of what can be wrong shows only then.
            return ToCollection(name, ReadFiles(name), isActive).Summarize();
        }
        catch (SkillMeatException e)
        {
            return new CollectionSummary { Name = name, IsActive = isActive, Folder = Layout.CollectionFolder(name), Problem = e.Message, ErrorId = e.ErrorId };
        }
    }

    /// <summary>Lists the names of the collections without reading them.</summary>
    /// <returns>The names, in order.</returns>
    /// <exception cref="StorageException">The folder of the collections can't be read.</exception>
    public IReadOnlyList<string> ListNames() => StorageGuard.Run(
        "read",
        Layout.CollectionsFolder,
        () => Directory.Exists(Layout.CollectionsFolder)
            ? Directory.EnumerateDirectories(Layout.CollectionsFolder)
                .Select(f => Path.GetFileName(f)!)
                .Where(n => File.Exists(Layout.Manifest(n)))
                .Order(StringComparer.Ordinal)
                .ToList()
            : []);

    /// <summary>Sees to it that there is a collection of that name, or at least a snapshot of one.</summary>
    internal void CheckKnown(string name)
    {
        CheckName(name);
        if (!File.Exists(Layout.Manifest(name)) && !Directory.Exists(Layout.SnapshotsFolder(name)))
        {
            throw Missing(name);
        }
    }

    internal void CheckExists(string name)
    {
        CheckName(name);
        if (!File.Exists(Layout.Manifest(name)))
        {
            throw Missing(name);
        }
    }

    /// <summary>The error for a collection that is not here, with the names of those that are.</summary>
    /// <param name="name">What was asked for.</param>
    /// <returns>The error.</returns>
    public SkillMeatException Missing(string name)
    {
        var names = ListNames();
        var suggestion = NearestName.Find(name, names) is { } nearest ? $"Did you mean '{nearest}'? " : "";
        var known = names.Count == 0 ? "It has none yet." : $"{suggestion}It has: {string.Join(", ", names)}.";
        return new SkillMeatException(ErrorIds.CollectionNotFound, $"The home '{Home}' has no collection '{name}'. {known}");
    }

    private static void CheckNewName(string name)
    {
        CheckName(name);
        if (PortableName.DescribeProblem(name) is { } problem)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{name}' can't be a collection's name: it {problem}.");
        }
    }

    private static void CheckName(string name)
    {
        if (ArtifactId.DescribeBadName(name) is { } problem)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{name}' can't be a collection's name: it {problem}.");
        }
    }
}
