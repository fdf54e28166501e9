using System.Runtime.CompilerServices;
using Xunit;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>A test of the page in Firefox; skipped, with the reason, where there is no Firefox or no page.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FirefoxFactAttribute : FactAttribute
{
    public FirefoxFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = Requirements.MissingFirefox;
}
