using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Json;

namespace SkillMeat.Server.Refresh;

/// <summary>Selects the artifacts of a refresh.</summary>
internal static class RefreshSelection
{
    /// <summary>Returns the filter that a body describes, for a collection.</summary>
    /// <exception cref="SkillMeatException">A value is empty or too long, or the collection does not have what is named.</exception>
    public static ArtifactFilter Read(Collection collection, RefreshRequestJson? body)
    {
        if (body is null) return ArtifactFilter.Everything;
        BodyValue.Texts("type", body.Type is { } type ? [type] : null);
        BodyValue.Texts("name", body.Name is { } name ? [name] : null);
        BodyValue.Texts("group", body.Group is { } group ? [group] : null);
        var filter = ArtifactFilter.Parse(body.Type is null ? [] : [body.Type], body.Name is null ? [] : [body.Name]);
        if (filter.Names is [{ IsLiteral: true } wanted] && !collection.Artifacts.Any(filter.For(collection.Artifacts).Matches))
        {
            // Says which name is meant, unless only the type is another one.
            var known = collection.FindOne(wanted.Text);
            throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"{known.ArtifactId} of the collection '{collection.Name}' is not of the type '{body.Type}'.");
        }

        if (BodyValue.Texts("artifacts", body.Artifacts) is { } ids) filter = filter.Among([.. ids.Select(id => ArtifactId.Parse(collection.Find(id).ArtifactId))]);
        return body.Group is null ? filter : filter.Within([.. collection.FindMembers(body.Group).Select(artifact => ArtifactId.Parse(artifact.ArtifactId))]);
    }
}
