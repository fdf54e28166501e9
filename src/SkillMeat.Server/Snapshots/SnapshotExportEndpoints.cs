using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.OpenApi;
using SkillMeat.Snapshots;

namespace SkillMeat.Server.Snapshots;

/// <summary>Downloads of snapshots.</summary>
internal sealed class SnapshotExportEndpoints(ServedHome home)
{
    /// <summary>The content type of tarballs.</summary>
    public const string ContentType = "application/gzip";

    private readonly CollectionSnapshots _snapshots = new(home.Store);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/collections/{collection}/snapshots/{snapshot}/export", ExportAsync)
        .Describe("ExportSnapshot", "Downloads a snapshot as a tarball that Python SkillMeat can restore. It has been read back and compared. Nothing is left in the home.").Produces<string>(StatusCodes.Status200OK, ContentType);

    private async Task<IResult> ExportAsync(string collection, string snapshot, HttpContext context, CancellationToken cancellationToken)
    {
        var found = _snapshots.Find(collection, snapshot);
        var folder = new TemporaryFolder();
        context.Response.RegisterForDispose(folder);
        var path = folder.PathOf("snapshot.tar.gz");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, home.Stopping);
        await _snapshots.ExportAsync(found.Collection, found.SnapshotId, path, overwrite: false, home.LockTimeout, stop.Token);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read), ContentType, $"{found.Collection}-{found.SnapshotId}.tar.gz");
    }
}
