#Requires -Version 7.4
<#
.SYNOPSIS
    Runs 'skm serve' whenever you log on to Windows, with a scheduled task.
.DESCRIPTION
    The service is started without a window, and again if it ends with an error. Stopping the task ends its process; the home is whole then, too.
.PARAMETER TaskName
    The name of the task. Registering it again replaces it.
.PARAMETER SkillMeatHome
    The home folder. By default, the one that skm takes.
.PARAMETER Port
    The port of the service.
.PARAMETER Path
    The program skm. By default, the one on the PATH.
.PARAMETER Unregister
    Removes the task. A service that runs goes on until you stop it.
.OUTPUTS
    The registered task, with its command line.
.EXAMPLE
    ./Register-ServeTask.ps1
.EXAMPLE
    ./Register-ServeTask.ps1 -SkillMeatHome ~/.skillmeat -Port 4781 -WhatIf
    Shows what would be registered.
.EXAMPLE
    ./Register-ServeTask.ps1 -Unregister
.NOTES
    The task has none of the variables of your terminal: put the GitHub token into the home's config.toml (settings.github-token), or use 'gh auth login'.
#>
[CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Register')]
param(
    [ValidatePattern('^\w([\w .-]*\w)?\z')]
    [string] $TaskName = 'serve',

    [Parameter(ParameterSetName = 'Register')]
    [ValidateNotNullOrEmpty()]
    [string] $SkillMeatHome,

    [Parameter(ParameterSetName = 'Register')]
    [ValidateRange(1, 65535)]
    [int] $Port = 4780,

    [Parameter(ParameterSetName = 'Register')]
    [ValidateNotNullOrEmpty()]
    [string] $Path,

    [Parameter(Mandatory, ParameterSetName = 'Unregister')]
    [switch] $Unregister
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function ConvertTo-WindowsArgument {
    param([string] $Text)

    # A backslash is literal, unless a quote follows.
    '"{0}"' -f ($Text -replace '(\\*)"', '$1$1\"' -replace '(\\+)\z', '$1$1')
}

$hasScheduler = [bool](Get-Command -Name Register-ScheduledTask -ErrorAction Ignore)
if (-not $hasScheduler -and -not $WhatIfPreference) {
    throw 'There is no task scheduler here: the module ScheduledTasks is missing. On Linux, use skillmeat-serve.service.'
}

# In a separate folder, the name cannot collide with other tasks.
$task = @{ TaskName = $TaskName; TaskPath = '\SkillMeat\' }
if ($Unregister) {
    if (-not ($hasScheduler -and (Get-ScheduledTask @task -ErrorAction Ignore))) {
        Write-Warning "There is no scheduled task '$TaskName' in the folder $($task.TaskPath)."
    }
    elseif ($PSCmdlet.ShouldProcess("$($task.TaskPath)$TaskName", 'Unregister the scheduled task')) {
        Unregister-ScheduledTask @task -Confirm:$false
    }

    return
}

$program = $Path ? $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path) : (Get-Command -Name skm -CommandType Application -ErrorAction Ignore | Select-Object -First 1).Path
if (-not $program -or -not (Test-Path -LiteralPath $program -PathType Leaf)) {
    throw "There is no program $($program ? $program : "'skm' on the PATH"). Name it with -Path."
}

$arguments = "serve --no-open --port $Port"
if ($SkillMeatHome) {
    $arguments += " --home $(ConvertTo-WindowsArgument -Text $PSCmdlet.GetUnresolvedProviderPathFromPSPath($SkillMeatHome))"
}

$line = "$(ConvertTo-WindowsArgument -Text $program) $arguments"
if ($PSCmdlet.ShouldProcess("$($task.TaskPath)$TaskName", "Register the scheduled task, at each log-on: $line")) {
    $task['Action'] = New-ScheduledTaskAction -Execute $program -Argument $arguments
    $task['Trigger'] = New-ScheduledTaskTrigger -AtLogOn -User ([System.Environment]::UserName)
    # By default, a task ends after three days.
    $task['Settings'] = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([timespan]::Zero) -MultipleInstances IgnoreNew -RestartCount 3 -RestartInterval ([timespan]::FromMinutes(1))
    $null = Register-ScheduledTask @task -Force
    [pscustomobject]@{ TaskName = $TaskName; Command = $line }
}
