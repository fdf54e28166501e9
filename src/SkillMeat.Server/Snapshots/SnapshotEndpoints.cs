using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Errors;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Definitions;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;
using SkillMeat.Snapshots;
using SkillMeat.Snapshots.Comparing;

namespace SkillMeat.Server.Snapshots;

/// <summary>Snapshots of a collection: list, take, show, compare, remove. They outlive the collection.</summary>
internal sealed class SnapshotEndpoints(ServedHome home)
{
    private readonly CollectionSnapshots _snapshots = new(home.Store);
    private readonly SnapshotComparer _comparer = new(home.Store);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/collections/{collection}/snapshots", List).Describe("ListSnapshots", "Lists the snapshots of a collection, the newest first: all of them, or a page if a limit is sent.").Returns<PageJson<SnapshotJson>>();
        routes.MapGet("/deleted-collections", ListDeleted).Describe("ListDeletedCollections", "Lists the collections of which only snapshots are left. Their snapshots are under the same names, and can be restored.")
            .Returns<PageJson<RestorableCollectionJson>>();
        routes.MapPost("/collections/{collection}/snapshots", TakeAsync).Describe("TakeSnapshot", "Takes a snapshot of a collection, which is kept until it is removed.")
            .Takes(new SnapshotRequestJson("Before the big cleanup")).Returns<SnapshotJson>(StatusCodes.Status201Created);
        routes.MapGet("/collections/{collection}/snapshots/{snapshot}", Show).Describe("GetSnapshot", "Shows a snapshot, and what changed since the one before it.").Returns<SnapshotDetailJson>();
        routes.MapDelete("/collections/{collection}/snapshots/{snapshot}", RemoveAsync).Describe("RemoveSnapshot", "Removes a snapshot. This cannot be undone.").Returns<SnapshotJson>();
        routes.MapPost("/collections/{collection}/snapshots:remove", RemoveSomeAsync)
            .Describe("RemoveSnapshots", "Removes named snapshots, or automatic ones: all but the newest ('keep_last'), or those from before a time. This cannot be undone. With 'dry_run', lists them.")
            .Takes(new SnapshotRemovalRequestJson(KeepLast: 20, DryRun: true)).Returns<IEnumerable<SnapshotJson>>();
        routes.MapGet("/collections/{collection}/snapshots/{snapshot}/compare", Compare).Describe("CompareSnapshots", "Compares a snapshot with another one, or with the collection as it is now.")
            .With("to", SnapshotComparisonJson.Current, "The id of the new snapshot, or current (the default).").Returns<SnapshotComparisonJson>();
    }

    private JsonAnswer ListDeleted() => JsonAnswer.Of(PageQuery.Whole<RestorableCollectionJson>([.. _snapshots.ListDeletedCollections().SelectMany(Describe)]));

    // The last snapshot can be removed meanwhile, or the collection be made again.
    private IEnumerable<RestorableCollectionJson> Describe(string name)
    {
        SnapshotPage newest;
        try
        {
            newest = _snapshots.List(name, take: 1);
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.CollectionNotFound)
        {
            return [];
        }

        return newest.Snapshots.Select(one => new RestorableCollectionJson(name, newest.Total, one.CreatedAt));
    }

    private JsonAnswer List(string collection, int? limit, string? cursor, HttpRequest request)
    {
        if (limit is null && cursor is null) return JsonAnswer.Of(PageQuery.Whole<SnapshotJson>([.. _snapshots.List(collection, take: int.MaxValue).Snapshots.Select(SnapshotJson.Of)]));
        var (ids, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        // Only those of the page are read. After a rename meanwhile, the list is read again.
        _snapshots.List(collection, take: 0, fits: id =>
        {
            if (seen.Add(id)) ids.Add(id);
            return true;
        });
        var page = PageQuery.Of(request, ids, limit, cursor, id => id);
        var wanted = page.Items.ToHashSet(StringComparer.Ordinal);
        return JsonAnswer.Of(new PageJson<SnapshotJson>([.. _snapshots.List(collection, take: wanted.Count, fits: wanted.Contains).Snapshots.Select(SnapshotJson.Of)], page.Total, page.NextCursor));
    }

    private async Task<JsonAnswer> TakeAsync(string collection, SnapshotRequestJson? body, CancellationToken cancellationToken)
    {
        var taken = await _snapshots.TakeAsync(collection, body?.Message ?? "", home.LockTimeout, cancellationToken);
        home.Events.Look();
        return JsonAnswer.Created($"{ServiceRoutes.Base}/collections/{Uri.EscapeDataString(collection)}/snapshots/{taken.SnapshotId}", SnapshotJson.Of(taken) with { Warnings = taken.Warnings });
    }

    private JsonAnswer Show(string collection, string snapshot, CancellationToken cancellationToken) => JsonAnswer.Of(Detail(collection, _snapshots.Find(collection, snapshot), cancellationToken));

    private JsonAnswer Compare(string collection, string snapshot, string? to, CancellationToken cancellationToken) =>
        JsonAnswer.Of(SnapshotComparisonJson.Of(_comparer.Compare(collection, snapshot, string.IsNullOrEmpty(to) || to == SnapshotComparisonJson.Current ? null : to, cancellationToken)));

    private Task<JsonAnswer> RemoveAsync(string collection, string snapshot, HttpContext context)
    {
        // Only known names get a turn.
        _snapshots.Find(collection, snapshot);
        return home.Edits.RunAsync(context, collection, async () =>
        {
            var found = _snapshots.Find(collection, snapshot);
            var expects = IfMatch.Expect<SnapshotInfo>(context, current => JsonAnswer.Of(Detail(collection, current, context.RequestAborted)));
            await _snapshots.RemoveUnchangedAsync(collection, [found.SnapshotId], home.LockTimeout, expects, context.RequestAborted);
            home.Events.Look();
            return JsonAnswer.Of(SnapshotJson.Of(found));
        });
    }

    private Task<JsonAnswer> RemoveSomeAsync(string collection, SnapshotRemovalRequestJson body, HttpContext context)
    {
        // Only known names get a turn.
        Choose(collection, body);
        return home.Edits.RunAsync(context, collection, async () =>
        {
            var chosen = Choose(collection, body);
            if (body.DryRun != true && chosen.Count > 0)
            {
                await _snapshots.RemoveAsync(collection, [.. chosen.Select(one => one.SnapshotId)], home.LockTimeout, context.RequestAborted);
                home.Events.Look();
            }

            return JsonAnswer.Of(chosen.Select(SnapshotJson.Of));
        });
    }

    private IReadOnlyList<SnapshotInfo> Choose(string collection, SnapshotRemovalRequestJson body)
    {
        var named = Texts.Check("snapshots", body.Snapshots ?? []);
        if (named.Count > 0 == (body.KeepLast is not null || body.Before is not null))
            throw new SkillMeatException(ErrorIds.InvalidArgument, "Name the snapshots: {\"snapshots\": [\"20261101-090000-000000\"]}, or select old ones with keep_last and before.");
        return named.Count == 0 ? _snapshots.FindOld(collection, body.KeepLast, home.Time.GetUtcNow() - body.Before) : [.. named.Distinct(StringComparer.Ordinal).Select(id => _snapshots.Find(collection, id))];
    }

    private SnapshotDetailJson Detail(string collection, SnapshotInfo found, CancellationToken cancellationToken) =>
        SnapshotDetailJson.Of(found, found.Problem is null ? _comparer.FindChanges(collection, found.SnapshotId, cancellationToken) : null);
}
