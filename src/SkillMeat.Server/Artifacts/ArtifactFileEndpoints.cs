using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;
using SkillMeat.Server.Problems;

namespace SkillMeat.Server.Artifacts;

/// <summary>The files of artifacts: list, text, description.</summary>
internal sealed class ArtifactFileEndpoints(ServedHome home)
{
    private const int MostBytes = 1 << 20;

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, of) in ArtifactRoutes.All)
        {
            routes.MapGet($"{path}/files", List).Describe($"ListArtifactFiles{of}", "Lists the files of an artifact.").Returns<PageJson<ArtifactFileJson>>();
            routes.MapGet($"{path}/files/{{**path}}", Read).Describe($"GetArtifactFile{of}", "Shows the text of a file, at most its first mebibyte. Links are not followed.")
                .With("path", "SKILL.md", "The path in the artifact.").Returns<ArtifactTextJson>();
            routes.MapGet($"{path}/manifest", ReadManifest).Describe($"GetArtifactManifest{of}", "Shows the file that describes an artifact, as text and as safe HTML.").Returns<ArtifactManifestJson>();
        }
    }

    private JsonAnswer List(string? collection, string id, int? limit, string? cursor, HttpRequest request, CancellationToken cancellationToken) =>
        JsonAnswer.Of(PageQuery.Of<ArtifactFileJson>(request, [.. Find(collection, id).Files.List(cancellationToken).Select(ArtifactFileJson.Of)], limit, cursor, one => one.Path));

    private JsonAnswer Read(string? collection, string id, string path, CancellationToken cancellationToken)
    {
        var (artifact, files) = Find(collection, id);
        return JsonAnswer.Of(ArtifactTextJson.Of(files.Read(path, MostBytes) ?? throw Missing(artifact, files, path, cancellationToken)));
    }

    private JsonAnswer ReadManifest(string? collection, string id)
    {
        var (artifact, files) = Find(collection, id);
        if (files.FindManifest() is not { } path || files.Read(path, MostBytes) is not { Text: { } text } read)
        {
            throw new ServiceException(StatusCodes.Status404NotFound, ServiceErrorIds.FileNotFound, $"{artifact.ArtifactId} has no file that describes it.");
        }

        return JsonAnswer.Of(new ArtifactManifestJson(path, text, SafeHtml.Of(path, text), read.IsTruncated));
    }

    private (Artifact Artifact, ArtifactFiles Files) Find(string? collection, string id)
    {
        var read = home.Collections.Read(collection);
        var artifact = read.Find(id);
        return (artifact, new ArtifactFiles(read, artifact));
    }

    private static ServiceException Missing(Artifact artifact, ArtifactFiles files, string path, CancellationToken cancellationToken)
    {
        var nearest = NearestName.Find(path, files.List(cancellationToken).Select(file => file.Path));
        return new ServiceException(StatusCodes.Status404NotFound, ServiceErrorIds.FileNotFound, $"{artifact.ArtifactId} has no file '{path}'.{(nearest is null ? "" : $" Did you mean '{nearest}'?")}")
        {
            Nearest = nearest,
        };
    }
}
