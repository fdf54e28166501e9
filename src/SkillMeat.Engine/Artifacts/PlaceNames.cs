using SkillMeat.Collections;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Artifacts;

/// <summary>
/// Gives each place a name of its own: that of its folder or file. Several of one type and name get the names of the folders above them in front, as many as are needed:
/// <c>git/clean.md</c> and <c>docs/clean.md</c> become <c>git-clean</c> and <c>docs-clean</c>. If that does not help, they are numbered.
/// </summary>
internal sealed class PlaceNames
{
    private static readonly IReadOnlyList<string> _plainFolders = [.. ArtifactType.All.Select(type => type.Container).OfType<string>(), "plugins", "src"];

    private readonly HashSet<(ArtifactType Type, string Key)> _taken;

    /// <param name="taken">The ids that the collection has from other places.</param>
    public PlaceNames(IEnumerable<ArtifactId> taken)
    {
        _taken = taken.Select(id => Key(id.Type, id.Name)).ToHashSet();
    }

    /// <summary>Returns the names, in the order of the places.</summary>
    /// <param name="places">The places, each with the name of its repository or folder, its type and its path.</param>
    public IReadOnlyList<string> Of(IReadOnlyList<(string RootName, ArtifactType Type, string Path)> places)
    {
        var names = new string[places.Count];
        var same = Enumerable.Range(0, places.Count).GroupBy(i => Key(places[i].Type, Name(places[i], above: 0))).ToList();
        // Names that need nothing in front come first, so that no longer one takes them.
        foreach (var group in same.Where(group => group.Count() == 1 && !_taken.Contains(group.Key)).ToList()) Take(group, above: 0);
        foreach (var group in same.Where(group => names[group.First()] is null)) Take(group, Least(group));
        return names;

        void Take(IEnumerable<int> group, int above)
        {
            foreach (var i in group)
            {
                var name = Name(places[i], above);
                for (var number = 2; !_taken.Add(Key(places[i].Type, name)); number++) name = $"{Name(places[i], above)}-{number}";
                names[i] = name;
            }
        }

        int Least(IGrouping<(ArtifactType Type, string Key), int> group)
        {
            var most = group.Max(i => Folders(places[i]).Count);
            for (var above = 1; above < most; above++)
            {
                var keys = group.Select(i => Key(group.Key.Type, Name(places[i], above))).ToHashSet();
                if (keys.Count == group.Count() && !keys.Overlaps(_taken)) return above;
            }

            return most;
        }
    }

    private static (ArtifactType Type, string Key) Key(ArtifactType type, string name) => (type, PortableName.Key(name));

    private static string Name((string RootName, ArtifactType Type, string Path) one, int above)
    {
        var path = NamedPath(one.Type, one.Path);
        var own = path.Length == 0 ? one.RootName : one.Type.NameAt(path);
        return PortableName.Make(string.Join('-', Folders(one).TakeLast(above).Append(own.TrimStart('.'))), one.Type.Name);
    }

    // The hooks of a plugin are in its folder 'hooks', and are called as the plugin.
    private static string NamedPath(ArtifactType type, string path)
    {
        if (TreePath.LastPart(path) == PluginLayout.Folder) return TreePath.Parent(path);
        // A file of a usual name says nothing, so it is called as the repository.
        if (type.SettingsKey is not null && type.ManifestFiles.Contains(TreePath.LastPart(path))) return TreePath.Parent(path);
        if (type != ArtifactType.Hook || !TreePath.LastPart(path).Equals(type.Container, StringComparison.OrdinalIgnoreCase)) return path;
        // The settings of a user are no plugin.
        var plugin = TreePath.Parent(path);
        return TreePath.LastPart(plugin).StartsWith('.') ? TreePath.Parent(plugin) : plugin;
    }

    // The folders above that tell artifacts apart, the outermost first. A name must not begin with a dot.
    private static List<string> Folders((string RootName, ArtifactType Type, string Path) one) =>
        [.. TreePath.Parent(NamedPath(one.Type, one.Path)).Split('/').Prepend(one.RootName).Where(part => !_plainFolders.Contains(part, StringComparer.OrdinalIgnoreCase)).Select(part => part.TrimStart('.')).Where(part => part.Length > 0)];
}
