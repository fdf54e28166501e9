using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Changes;

/// <summary>
/// Guards against a bug in the editor: a manifest that cannot be read back, that lost an artifact, or in which an artifact changed that nobody edited, must not reach the disk.
/// </summary>
/// <param name="before">The files before the edits.</param>
/// <param name="path">The path of the manifest.</param>
internal sealed class EditGuard(CollectionFiles before, string path)
{
    /// <summary>Checks an edited manifest.</summary>
    /// <param name="edited">The bytes to write.</param>
    /// <param name="expected">The ids that it must list, in order.</param>
    /// <param name="editedIds">The artifacts that were added or edited.</param>
    /// <param name="lists">The groups, MCP servers and tag definitions that it must have, or null for any.</param>
    /// <returns>The parts of the edited manifest, or null if it must be read as a whole.</returns>
    /// <exception cref="DataFileException">The manifest is not the expected one.</exception>
    public ManifestParts? Check(byte[] edited, IReadOnlyList<ArtifactId> expected, IReadOnlySet<ArtifactId> editedIds, ManifestLists? lists = null)
    {
        var manifest = Manifest.ParseEdited(edited, path, before.ManifestParts);
        if (!manifest.Ids.SequenceEqual(expected)) throw Refuse("would not list the expected artifacts");
        if (FindChanged(manifest, expected.Where(id => !editedIds.Contains(id))) is { } id) throw Refuse($"would change '{id}', which was not edited");
        if (lists is not null && ManifestLists.Of(manifest) != lists) throw Refuse("would not have the expected groups, MCP servers and tag definitions");
        return manifest.Parts;
    }

    private ArtifactId? FindChanged(Manifest manifest, IEnumerable<ArtifactId> unedited)
    {
        if (before.ManifestParts is { } old && manifest.Parts is { } parts) return unedited.Where(id => !parts.HasSameText(old, id)).Cast<ArtifactId?>().FirstOrDefault();
        var whole = Manifest.ParseWhole(before.ManifestBytes, path);
        return unedited.Where(id => !whole.HasSame(manifest, id)).Cast<ArtifactId?>().FirstOrDefault();
    }

    private DataFileException Refuse(string problem) => new(ErrorIds.InvalidData, path, 0, 0, $"the edited manifest {problem}, so it was not written; please report this as a bug");
}
