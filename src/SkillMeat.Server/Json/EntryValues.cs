namespace SkillMeat.Server.Json;

/// <summary>The values of an entry that a request names. One that it leaves out is not among them, and one that is null is to be removed.</summary>
internal sealed class EntryValues
{
    private readonly Dictionary<string, string?> _all = new(StringComparer.Ordinal);

    /// <summary>The values, by the keys of the manifest.</summary>
    public IReadOnlyDictionary<string, string?> All => _all;

    public string? this[string key]
    {
        get => _all.GetValueOrDefault(key);
        set => _all[key] = value;
    }
}
