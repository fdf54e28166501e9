using System.Management.Automation;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Accepts ages from zero. PowerShell converts a number such as 30 to ticks, so an age of less than a second is refused as a mistake.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidateAgeAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (LanguagePrimitives.ConvertTo<TimeSpan>(arguments) is var age && age != TimeSpan.Zero && age < TimeSpan.FromSeconds(1))
        {
            throw new ValidationMetadataException($"'{age}' is not a valid age. For 30 days, use (New-TimeSpan -Days 30) or '30.00:00:00'; PowerShell reads a number alone as ticks.");
        }
    }
}
