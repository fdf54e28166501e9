using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Json;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Activation;

/// <summary>Reads the parts of the settings that a hook or a server needs from its files.</summary>
internal static class FragmentReader
{
    private const int MostBytes = 1024 * 1024;
    private const string PluginRoot = $"${{{PluginLayout.RootVariable}}}";

    private static readonly JsonDocumentOptions _lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads the parts.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="folder">The full path of its files.</param>
    /// <param name="deployed">The path of its copy, as commands can use it: it replaces the root of a plugin.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactInvalid"/>: there is no such file, it is not JSON of the expected form, or its commands use files of a plugin of which the artifact is a part.</exception>
    public static FragmentReading Read(ArtifactId artifact, string folder, string deployed)
    {
        var warnings = new List<string>();
        var isPlugin = Directory.Exists(Path.Combine(folder, PluginLayout.Folder));
        var fragments = ReadEach(artifact, folder, (file, settings, below) =>
        {
            // A plugin has its hooks in a folder, which can be the whole artifact.
            var isAtTop = artifact.Type == ArtifactType.Hook && !isPlugin && !file.Contains('/', StringComparison.Ordinal) && below.Length == 0;
            var use = PluginUse.Find(settings, folder, below, isAtTop);
            if (use.Check(artifact, isAtTop && file != ArtifactType.Hook.ManifestFiles[0]) is { } warning) warnings.Add(warning);
            return text => PluginReferences.Replace(text, RootIn(deployed, below), use.IsHooksFolder);
        });
        return new FragmentReading(fragments, warnings.Count > 0 ? string.Join(' ', warnings.Distinct(StringComparer.Ordinal)) : null);
    }

    /// <summary>Reads the parts as this program and earlier ones added them to settings: those did not know folders of hooks.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="folder">The full path of its files.</param>
    /// <param name="deployed">The path of its copy.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactInvalid"/>: there is no such file, or it is not JSON of the expected form.</exception>
    public static IReadOnlyList<Fragment> ReadEver(ArtifactId artifact, string folder, string deployed) =>
    [
        .. ReadEach(artifact, folder, (_, _, below) => text => PluginReferences.Replace(text, RootIn(deployed, below), isHooksFolder: true)),
        .. ReadEach(artifact, folder, (_, _, below) => text => PluginReferences.Replace(text, RootIn(deployed, below), isHooksFolder: false)),
        .. ReadEach(artifact, folder, (_, _, below) => text => text.Replace(PluginRoot, RootIn(deployed, below), StringComparison.Ordinal)),
    ];

    // The function returns how texts are replaced: it gets the path of the file, the object with the settings, and the folder of a plugin of a marketplace.
    private static IReadOnlyList<Fragment> ReadEach(ArtifactId artifact, string folder, Func<string, JsonElement, string, Func<string, string>> prepare)
    {
        var files = LocalManifest.FindAll(folder, artifact.Type);
        if (files.Count == 0) throw Invalid(artifact, $"it has none of the files {string.Join(", ", artifact.Type.ManifestFiles)}, and no other one with '{artifact.Type.SettingsKey}'");
        return [.. files.SelectMany(file => ReadFile(artifact, folder, file, prepare))];
    }

    private static IReadOnlyList<Fragment> ReadFile(ArtifactId artifact, string folder, string name, Func<string, JsonElement, string, Func<string, string>> prepare)
    {
        var file = Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));
        var text = Encoding.UTF8.GetString(StorageGuard.Run("read", file, () => RegularFile.ReadAllBytes(file, MostBytes))).TrimStart('\uFEFF');
        // Errors with their position.
        JsonText.Parse(text, file);
        try
        {
            var root = Replace(JsonNode.Parse(text, documentOptions: _lenient), all => all);
            // Servers can be written without the object around them.
            var owners = SettingsJson.FindOwners(root, artifact.Type.SettingsKey!).Select(one => (one.Owner, Settings: one.Owner.GetProperty(artifact.Type.SettingsKey!), Below: BelowOf(one.Folder, artifact))).ToList();
            if (owners.Count == 0) owners.Add((root, root, ""));
            return [.. owners.SelectMany(one => OfOwner(Replace(JsonNode.Parse(one.Owner.GetRawText()), prepare(name, one.Settings, one.Below)), artifact))];
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or JsonException)
        {
            // Members are read late, and two of one name or half of a surrogate pair are found only then.
            throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"{artifact} cannot be activated: '{Path.GetFileName(file)}' has two members of one name, a text that is not Unicode, or too many levels ({e.Message}).", e);
        }
    }

    private static IEnumerable<Fragment> OfOwner(JsonElement owner, ArtifactId artifact) => artifact.Type == ArtifactType.Hook ? Hooks(owner, artifact) : Servers(owner, artifact);

    // A plugin of a marketplace has its files in a folder of its own.
    private static string BelowOf(string? plugin, ArtifactId artifact)
    {
        var parts = (plugin ?? "").Split('/', '\\').Where(part => part is not ("" or ".")).ToList();
        return parts.Contains("..") ? throw Invalid(artifact, $"the plugin folder '{plugin}' leads out of the marketplace") : string.Join('/', parts);
    }

    private static string RootIn(string deployed, string below) => below.Length == 0 ? deployed : $"{deployed}/{below}";

    private static JsonElement Replace(JsonNode? node, Func<string, string> replace) => ReplaceIn(node, replace) is { } replaced ? JsonSerializer.SerializeToElement(replaced, FragmentJson.Default.JsonNode) : default;

    private static IEnumerable<Fragment> Hooks(JsonElement root, ArtifactId artifact)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("hooks", out var hooks) || hooks.ValueKind != JsonValueKind.Object) throw Invalid(artifact, "its file has no object 'hooks'");
        foreach (var hook in hooks.EnumerateObject())
        {
            if (hook.Value.ValueKind != JsonValueKind.Array) throw Invalid(artifact, $"'hooks.{hook.Name}' is not an array");
            foreach (var group in hook.Value.EnumerateArray()) yield return new Fragment(["hooks", hook.Name], Name: null, group);
        }
    }

    // Plugins also write the servers without the object around them.
    private static IEnumerable<Fragment> Servers(JsonElement root, ArtifactId artifact)
    {
        if (root.ValueKind != JsonValueKind.Object) throw Invalid(artifact, "its file is not an object");
        var servers = root.TryGetProperty("mcpServers", out var inner) ? inner : root;
        if (servers.ValueKind != JsonValueKind.Object) throw Invalid(artifact, "'mcpServers' is not an object");
        foreach (var server in servers.EnumerateObject())
        {
            if (server.Value.ValueKind != JsonValueKind.Object) throw Invalid(artifact, $"the server '{server.Name}' is not an object");
            yield return new Fragment(["mcpServers"], server.Name, server.Value);
        }
    }

    private static JsonNode? ReplaceIn(JsonNode? node, Func<string, string> replace) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, ReplaceIn(member.Value, replace)))),
        JsonArray elements => new JsonArray([.. elements.Select(element => ReplaceIn(element, replace))]),
        JsonValue value when value.TryGetValue<string>(out var text) && replace(text) is var replaced && replaced != text => JsonValue.Create(replaced),
        _ => node?.DeepClone(),
    };

    private static SkillMeatException Invalid(ArtifactId artifact, string problem) => new(ErrorIds.ArtifactInvalid, $"{artifact} cannot be activated: {problem}.");
}
