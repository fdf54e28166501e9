namespace SkillMeat.Collections;

/// <summary>The paths in a home. They are those of Python SkillMeat, so that both programs can share one.</summary>
internal sealed class HomeLayout(string home)
{
    public const string ManifestName = "collection.toml";
    public const string LockFileName = "collection.lock";

    /// <summary>The largest length of a manifest or lock file in bytes, far above that of a hundred thousand artifacts.</summary>
    public const int MostFileBytes = 128 << 20;

    public string Home { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(home));

    public string ConfigFile => Path.Combine(Home, "config.toml");

    public string RenamesFile => Path.Combine(Home, RenamedCollections.FileName);

    public string CollectionsFolder => Path.Combine(Home, "collections");

    public string CacheFolder => Path.Combine(Home, "cache");

    public string CollectionFolder(string collection) => Path.Combine(CollectionsFolder, collection);

    public string Manifest(string collection) => Path.Combine(CollectionsFolder, collection, ManifestName);

    public string LockFile(string collection) => Path.Combine(CollectionsFolder, collection, LockFileName);

    public string Baselines(string collection) => Path.Combine(Home, "baselines", $"{collection}.json");

    public string SnapshotsFolder(string collection) => Path.Combine(Home, "snapshots", collection);
}
