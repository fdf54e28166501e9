using SkillMeat.Collections;

namespace SkillMeat.Editing;

/// <summary>Describes edits in the message of the snapshot that is taken before them.</summary>
internal static class EditMessage
{
    /// <summary>Describes edits in a few words.</summary>
    /// <param name="request">The edits.</param>
    /// <param name="ids">The artifacts whose details are edited.</param>
    public static string Of(EditRequest request, IReadOnlyList<ArtifactId> ids) => (request.Edits.Count, ids) switch
    {
        (0, [var only]) => $"Before edit of {only}",
        (0, _) => $"Before edits of {ids.Count} artifacts",
        (_, []) => Of(request.Edits),
        _ => $"Before {request.Edits.Count + ids.Count} edits",
    };

    private static string Of(IReadOnlyList<ManifestEdit> edits)
    {
        var lists = edits.Select(edit => edit.List).Distinct().ToList();
        if (edits is not [var only]) return lists is [var list] ? $"Before {edits.Count} edits of {ListShape.Of(list).Noun}s" : $"Before {edits.Count} edits";
        var noun = ListShape.Of(only.List).Noun;
        return only.Action switch
        {
            EditAction.Create => $"Before creation of {noun} '{VisibleText.Line(only.Name)}'",
            EditAction.Remove => $"Before removal of {noun} '{VisibleText.Line(only.Name)}'",
            EditAction.Order => $"Before ordering of {noun}s",
            _ => $"Before edit of {noun} '{VisibleText.Line(only.Name)}'",
        };
    }
}
