using System.Text.Json.Serialization;
using SkillMeat.Collections;

namespace SkillMeat.Server.Json;

/// <summary>The changes of settings. A value that is left out stays as it is, and one that is null is removed, so that the default applies; the active collection has none, and stays.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class SettingsEditJson
{
    private readonly HashSet<HomeSetting> _unset = [];
    private string? _strategy;
    private int? _snapshots;
    private int? _hours;

    /// <summary>The settings that the request names with null.</summary>
    [JsonIgnore]
    public IReadOnlyCollection<HomeSetting> Unset => _unset;

    /// <summary>The folder name of the active collection.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ActiveCollection { get; set; }

    /// <summary>The strategy of updates for local edits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UpdateStrategy { get => _strategy; set => _strategy = Take(HomeSetting.UpdateStrategy, value); }

    /// <summary>The number of automatic snapshots to keep for each collection.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? KeepAutomaticSnapshots { get => _snapshots; set => _snapshots = Take(HomeSetting.KeepAutomaticSnapshots, value); }

    /// <summary>The number of hours after which the list of a marketplace is fetched again; 0 for every time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MarketplaceHours { get => _hours; set => _hours = Take(HomeSetting.MarketplaceHours, value); }

    // The last of several values counts, as in any other body.
    private T Take<T>(HomeSetting setting, T value)
    {
        if (value is null) _unset.Add(setting);
        else _unset.Remove(setting);
        return value;
    }
}
