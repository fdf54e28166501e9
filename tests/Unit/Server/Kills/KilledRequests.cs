namespace SkillMeat.Tests.Server.Kills;

/// <summary>The requests that change something, one of each kind at least.</summary>
internal static class KilledRequests
{
    /// <summary>Edits of collections, what is in manifests, and the settings.</summary>
    public static IReadOnlyList<KilledRequest> Edits { get; } =
    [
        new("create a collection", "CreateCollection", "POST", "collections", """{"name": "fresh", "description": "New"}"""),
        new("describe a collection", "EditCollection", "PUT", "collections/default", """{"description": "For work\nand play"}"""),
        new("make a collection active", "EditCollection", "PUT", "collections/work", """{"is_active": true}"""),
        new("rename a collection", "EditCollection", "PUT", "collections/default", """{"name": "renamed one"}"""),
        new("edit all of a collection", "EditCollection", "PUT", "collections/work", """{"name": "later", "description": "Later", "is_active": true}"""),
        new("delete a collection", "DeleteCollection", "DELETE", "collections/default"),
        new("move", "MoveArtifacts", "POST", "collections/default/artifacts:move", """{"artifacts": ["edited", "review"], "to": "work"}"""),
        new("copy", "CopyArtifacts", "POST", "collections/default/artifacts:copy", """{"artifacts": ["edited"], "to": "work"}"""),
        new("create a group", "CreateGroup", "POST", "collections/default/groups", """{"name": "third", "color": "slate", "members": ["pdf"]}"""),
        new("order groups", "OrderGroups", "PUT", "collections/default/groups/order", """{"names": ["second", "first"]}"""),
        new("edit a group", "EditGroup", "PUT", "collections/default/groups/first", """{"name": "renamed", "members": ["edited"], "icon": "star"}"""),
        new("delete a group", "DeleteGroup", "DELETE", "collections/default/groups/first"),
        new("add members", "AddGroupMembers", "POST", "collections/default/groups/second/members", """{"artifacts": ["edited", "review"], "position": 0}"""),
        new("set members", "SetGroupMembers", "PUT", "collections/default/groups/first/members", """{"artifacts": ["review", "pdf"]}"""),
        new("remove a member", "RemoveGroupMember", "DELETE", "collections/default/groups/first/members/skill:pdf"),
        new("create a server", "CreateMcpServer", "POST", "collections/default/mcp-servers", """{"name": "mail", "repo": "octo/mail", "env_vars": {"KEY": "secret"}}"""),
        new("edit a server", "EditMcpServer", "PUT", "collections/default/mcp-servers/files", """{"version": "v2", "env_vars": {"ROOT": "/srv"}}"""),
        new("delete a server", "DeleteMcpServer", "DELETE", "collections/default/mcp-servers/files"),
        new("create a tag", "CreateTagDefinition", "POST", "collections/default/tag-definitions", """{"name": "final", "color": "slate"}"""),
        new("edit a tag", "EditTagDefinition", "PUT", "collections/default/tag-definitions/draft", """{"name": "rough"}"""),
        new("delete a tag", "DeleteTagDefinition", "DELETE", "collections/default/tag-definitions/draft"),
        new("edit details of an artifact", "EditArtifactOfCollection", "PUT", "collections/default/artifacts/skill:pdf", """{"title": "PDF", "tags": ["paper"]}"""),
        new("settings", "EditSettings", "PUT", "settings", """{"active_collection": "work", "update_strategy": "merge", "keep_automatic_snapshots": 7, "marketplace_hours": 24}"""),
    ];

    /// <summary>Changes of artifacts, and snapshots.</summary>
    public static IReadOnlyList<KilledRequest> Artifacts { get; } =
    [
        new("add", "AddArtifacts", "POST", "collections/default/artifacts", """{"specs": ["{upstream}/skills/new one", "{upstream}/commands/fresh.md"], "group": "second"}"""),
        new("update", "UpdateArtifactOfCollection", "POST", "collections/default/artifacts/skill:pdf/update", "{}"),
        new("resolve", "ResolveArtifactConflictOfCollection", "POST", "collections/default/artifacts/command:review/conflict", """{"files": [{"path": "{conflict}", "text": "both\n", "state": "{state}"}]}"""),
        new("remove", "RemoveArtifactOfCollection", "DELETE", "collections/default/artifacts/skill:pdf"),
        new("remove some", "RemoveArtifacts", "POST", "collections/default/artifacts:remove", """{"artifacts": ["skill:pdf", "skill:edited"]}"""),
        new("refresh by sync", "RefreshCollection", "POST", "collections/default/refresh?mode=sync"),
        new("refresh metadata", "RefreshCollection", "POST", "collections/work/refresh?mode=metadata_only"),
        new("check", "RefreshCollection", "POST", "collections/default/refresh?mode=check") { Changes = 0 },
        new("take a snapshot", "TakeSnapshot", "POST", "collections/default/snapshots", """{"message": "taken"}"""),
        new("restore", "RestoreSnapshot", "POST", "collections/default/snapshots/{snapshot}/restore"),
        new("restore some", "RestoreSnapshot", "POST", "collections/default/snapshots/{snapshot}/restore", """{"artifacts": ["skill:edited"]}"""),
        new("roll back", "RollBackRefresh", "POST", "collections/work/rollback"),
        new("remove a snapshot", "RemoveSnapshot", "DELETE", "collections/default/snapshots/{snapshot}"),
        new("remove snapshots", "RemoveSnapshots", "POST", "collections/default/snapshots:remove", """{"snapshots": ["{snapshot}"]}"""),
        new("verify", "VerifySnapshot", "POST", "collections/default/snapshots/{snapshot}/verify") { Changes = 0 },
    ];

    /// <summary>Changes of projects, marketplaces, and the cache.</summary>
    public static IReadOnlyList<KilledRequest> Projects { get; } =
    [
        new("register a project", "RegisterProject", "POST", "projects", """{"path": "{third}"}"""),
        new("forget a project", "ForgetProject", "DELETE", "projects/{app}"),
        new("deploy", "DeployArtifacts", "POST", "projects/{app}/deploy", """{"all": true, "activate": true}"""),
        new("deploy by links", "DeployArtifacts", "POST", "projects/{second}/deploy", """{"group": "first", "link": true}"""),
        new("undeploy", "UndeployArtifacts", "POST", "projects/{app}/undeploy", """{"artifacts": ["pdf", "edited"]}"""),
        new("push", "SyncProjects", "POST", "sync", """{"direction": "push"}"""),
        new("pull", "SyncProjects", "POST", "sync", """{"direction": "pull"}"""),
        new("adopt", "AdoptArtifacts", "POST", "adopt", """{"projects": ["{third}"], "artifacts": ["skill:found"]}"""),
        new("register a marketplace", "RegisterMarketplace", "POST", "cache/marketplaces", """{"source": "{upstream}/shop"}"""),
        new("update a marketplace", "UpdateMarketplace", "POST", "cache/marketplaces/known/update") { Changes = 0 },
        new("update marketplaces", "UpdateMarketplaces", "POST", "cache/marketplaces/update") { Changes = 0 },
        new("forget a marketplace", "ForgetMarketplace", "DELETE", "cache/marketplaces/known"),
        new("rebuild the cache", "RebuildCache", "POST", "cache/rebuild") { Changes = 0 },
        new("install a project", "InstallProject", "POST", "projects/{second}/install", "{}"),
        new("export a project", "ExportProject", "POST", "projects/{app}/export", "{}"),
        new("restore copies", "RestoreCopies", "POST", "projects/{app}/restore", """{"all": true, "force": true}"""),
        new("repair", "RepairHome", "POST", "repair", "{}") { Changes = 0 },
        new("clear the cache", "ClearCache", "POST", "cache/clear") { Changes = 0 },
    ];

    /// <summary>Operations that neither home nor projects are changed by.</summary>
    public static IReadOnlyList<string> Harmless { get; } = ["BrowseSource", "CancelJob", "ShutDown", "CreateSignInPage", "FindProjects", "CheckUpstreams", "ValidateArtifacts"];
}
