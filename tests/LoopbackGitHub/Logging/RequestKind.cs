namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>What a request is for.</summary>
public enum RequestKind
{
    /// <summary>Anything else, such as an address that GitHub doesn't have.</summary>
    Other,

    /// <summary>A GraphQL query.</summary>
    GraphQl,

    /// <summary>The REST API.</summary>
    Rest,

    /// <summary>git's first request: <c>info/refs</c>.</summary>
    Refs,

    /// <summary>git's further requests: <c>git-upload-pack</c> (<c>ls-refs</c> and <c>fetch</c>).</summary>
    UploadPack,

    /// <summary>An archive, or the redirect to one.</summary>
    Archive,

    /// <summary>A single file by its address, or the redirect to it.</summary>
    Raw,

    /// <summary>Git LFS: a batch, or an object.</summary>
    Lfs,
}
