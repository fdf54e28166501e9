using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Errors;
using SkillMeat.Refresh;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Artifacts;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;
using SkillMeat.Updates;

namespace SkillMeat.Server.Refresh;

/// <summary>Refreshes of collections.</summary>
internal sealed class RefreshEndpoints(ServedHome home)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/collections/{collection}/refresh", Show).Describe("GetLastCheck", "Tells when artifacts of a collection were last checked for updates, by whatever program.").Returns<LastCheckJson>();
        routes.MapGet("/refresh-fields", ListFields).Describe("ListRefreshFields", "Lists the fields that a refresh of metadata can take over.").Returns<PageJson<RefreshField>>();
        routes.MapPost("/collections/{collection}/refresh", Start)
            .Describe("RefreshCollection", "Begins a check for updates (mode=check), a refresh of metadata (mode=metadata_only), or an update of files (mode=sync), by the strategy of the body or of the settings. "
                + "The mode and dry_run can be in the body as well.")
            .Takes(new RefreshRequestJson(["skill:pdf-tools"], ["tags", "description"]))
            .With("mode", "check", "check, metadata_only (the default) or sync")
            .ReturnsJob(JobResult.List<CheckJson>(), JobResult.One<RefreshJson>(), JobResult.List<UpdateJson>());
    }

    private JsonAnswer Show(string collection, CancellationToken cancellationToken) => JsonAnswer.Of(new LastCheckJson(home.Artifacts.FindLastCheck(home.Collections.Read(collection).Name, cancellationToken)));

    private static JsonAnswer ListFields() => JsonAnswer.Of(PageQuery.Whole<RefreshField>([.. RefreshField.All]));

    private JsonAnswer Start(string collection, string? mode, bool? dry_run, RefreshRequestJson? body)
    {
        // Before the job begins, so that the request itself says what is wrong.
        if (mode is not null && body?.Mode is not null && mode != body.Mode) throw Invalid($"The address says mode={mode}, and the body says {body.Mode}. Send one of them.");
        var kind = (body?.Mode ?? mode) is { } text ? QueryValue.Enum<RefreshMode>("mode", text) : RefreshMode.MetadataOnly;
        if (kind != RefreshMode.Sync && (body?.Strategy ?? body?.ResolveWith) is not null) throw Invalid("strategy and resolve_with are for mode=sync only.");
        if (kind != RefreshMode.Sync && (body?.RemoveDeleted == true || body?.Clean == true)) throw Invalid("remove_deleted and clean are for mode=sync only.");
        var read = home.Collections.Read(collection);
        var fields = BodyValue.Texts("fields", body?.Fields);
        var request = new RefreshRequest
        {
            Collection = read.Name,
            Filter = RefreshSelection.Read(read, body),
            Fields = RefreshField.Parse(fields ?? []),
            NameChangedFields = fields is { Count: > 0 },
            DryRun = dry_run == true || body?.DryRun == true,
            LockTimeout = home.LockTimeout,
        };
        var sites = CheckedSites.Read(home, kind, body, request);
        var job = kind switch
        {
            RefreshMode.Check => home.Jobs.Start("check", read.Name, job => new RefreshJobs(home).CheckAsync(job, request, sites)),
            RefreshMode.Sync when UpdateOf(request, body) is var update => home.Jobs.Start("update", read.Name, job => new RefreshJobs(home).UpdateAsync(job, update)),
            _ => home.Jobs.Start("refresh", read.Name, job => new RefreshJobs(home).RefreshAsync(job, request)),
        };
        return JsonAnswer.Accepted(job);
    }

    private UpdateRequest UpdateOf(RefreshRequest request, RefreshRequestJson? body) => new()
    {
        Collections = [request.Collection!],
        Filter = request.Filter,
        Strategy = StrategyText.Read(home.Store, body?.Strategy),
        ResolveWith = ResolutionSide.Read(body?.ResolveWith),
        RemoveDeleted = body?.RemoveDeleted == true,
        Clean = body?.Clean == true,
        DryRun = request.DryRun,
        LockTimeout = request.LockTimeout,
    };

    private static SkillMeatException Invalid(string message) => new(ErrorIds.InvalidArgument, message);
}
