using SkillMeat.Collections;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that edit entries of collections: groups, MCP servers, tag definitions.</summary>
public abstract class EditingCommand : ChangingCommand
{
    /// <summary>The list.</summary>
    private protected abstract EntryList List { get; }

    /// <summary>Makes the edits of one collection that the user confirms, in one transaction. With <c>-WhatIf</c>, they are only checked.</summary>
    /// <returns>The outcome, or null if nothing was to be changed.</returns>
    private protected async Task<EditResult?> EditAsync(CollectionStore store, string collection, IEnumerable<(ManifestEdit Edit, string Action)> edits, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var isDry = await pipeline.AskAsync(IsWhatIf);
        var chosen = new List<ManifestEdit>();
        foreach (var (edit, action) in edits)
        {
            if (await ConfirmAsync(pipeline, $"{List.Noun} '{ShortText.Cut(edit.Name)}' of collection '{collection}'", action) || isDry) chosen.Add(edit);
        }

        if (chosen.Count == 0) return null;
        var result = await new ManifestEditor(store).EditAsync(new EditRequest { Edits = chosen, Collection = collection, DryRun = isDry, LockTimeout = LockTimeout }, cancellationToken);
        if (isDry) return null;
        if (result.SnapshotId is { } id) pipeline.Verbose($"Snapshot {id} was taken first; Restore-SkmSnapshot -Collection '{collection}' -SnapshotId {id} restores it.");
        return result;
    }

    /// <summary>Writes the entry of a name, as the edits left it.</summary>
    private protected void Write(EditResult result, string name, PipelineQueue pipeline)
    {
        if (List.Read(result.After).FirstOrDefault(one => name.Equals(one.Name, StringComparison.OrdinalIgnoreCase)).Entry is { } entry) pipeline.Write(entry);
    }

    /// <summary>The values that were given, by the manifest's keys.</summary>
    private protected Dictionary<string, string?> ValuesOf(params (string Key, string Parameter, string? Value)[] parameters) =>
        parameters.Where(one => MyInvocation.BoundParameters.ContainsKey(one.Parameter)).ToDictionary(one => one.Key, one => one.Value);
}
