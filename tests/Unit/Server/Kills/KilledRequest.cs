namespace SkillMeat.Tests.Server.Kills;

/// <summary>A request in whose middle the service is killed. Names in braces, in address and body, are those of <see cref="KillPlace.Fill"/>.</summary>
/// <param name="Name">The name in the report of the test.</param>
/// <param name="Operation">The id of the operation in the OpenAPI document.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The address below that of the API.</param>
/// <param name="Body">The body, or null.</param>
internal sealed record KilledRequest(string Name, string Operation, string Method, string Path, string? Body = null)
{
    /// <summary>The number of changes, each of which is made or not: one, unless a request consists of several. 0 for a request that changes nothing but the cache.</summary>
    public int Changes { get; init; } = 1;
}
