using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Profiles;
using SkillMeat.Storage.Files;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Projects.Adoption.Origins;

/// <summary>Finds where copies came from, by the records of other programs. For one plan. Not thread-safe.</summary>
/// <param name="store">The home.</param>
/// <param name="user">The folders of the user.</param>
/// <param name="warnings">Collects warnings of records that cannot be read.</param>
internal sealed class OriginFinder(CollectionStore store, AgentFolders user, ICollection<string> warnings)
{
    private readonly ToolFile _tool = new(warnings);
    private readonly SourceText _sources = new(new SourceContext(GitHubHosts.FromEnvironment(user.Environment).Server, store.Home, user.UserFolder));
    private readonly Dictionary<ProjectSite, NpxRecords> _npx = [];
    private PluginSources? _plugins;

    /// <summary>Adds a warning.</summary>
    public void Warn(string warning) => warnings.Add(warning);

    /// <summary>The context of the addresses in the manifest of a collection.</summary>
    public SourceContext ContextFor(string collection) => new(GitHubHosts.FromEnvironment(user.Environment).Server, store.Layout.CollectionFolder(collection), user.UserFolder);

    /// <summary>Returns the plugins of a project or of the user.</summary>
    public IReadOnlyList<InstalledPlugin> FindPlugins(ProjectSite site) => InstalledPlugins.Read(site, user, _tool);

    /// <summary>Finds the origin of something in a plugin.</summary>
    public KnownOrigin FindOfPlugin(InstalledPlugin plugin, string path) => (_plugins ??= new PluginSources(user, _tool, _sources)).Find(plugin, path);

    /// <summary>Finds the origin of a copy. One that nobody recorded was written here.</summary>
    /// <param name="site">The project.</param>
    /// <param name="type">The type.</param>
    /// <param name="path">The full path of the copy.</param>
    /// <param name="objects">The store of the content.</param>
    /// <param name="content">The stored content.</param>
    /// <param name="valid">The validated content.</param>
    public KnownOrigin Find(ProjectSite site, ArtifactType type, string path, ObjectStore objects, TreeEntry content, ValidArtifact valid)
    {
        var local = new KnownOrigin(FoundIn: null, Reason: null) { IsUnmodified = true };
        if (type != ArtifactType.Skill) return local;
        if (!_npx.TryGetValue(site, out var npx)) _npx[site] = npx = NpxRecords.Read(site, _tool, _sources, new RecordedFolders(site, user.UserFolder, _sources));
        var ofNpx = npx.Find(Path.GetFileName(path), objects, content, IsPlaceOfNpx(site, path));
        return ofNpx is { Doubt: null } ? ofNpx : new GhSkillKeys(objects, _sources).Find(content, valid.ManifestFile!) ?? ofNpx ?? local;
    }

    // It keeps one copy there, to which the folders of other agents have links.
    private bool IsPlaceOfNpx(ProjectSite site, string path)
    {
        var place = site.FullPath(site.User is null ? ".agents" : user.Expand("~/.agents"), "skills");
        return Directory.Exists(place) && PathEquality.Comparer.Equals(LinkTarget.RealFolder(place), LinkTarget.RealFolder(Path.GetDirectoryName(path)!));
    }
}
