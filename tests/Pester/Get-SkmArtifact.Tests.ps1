#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'sample')
    $null = New-SkmCollection -Name work -SkillMeatHome $sample
}

Describe 'Get-SkmArtifact' {
    It "lists the active collection in the manifest's order" {
        (Get-SkmArtifact -SkillMeatHome $sample).ArtifactId | Should -Be 'skill:meeting-notes', 'skill:pdf-tools', 'command:changelog', 'agent:code-reviewer'
    }

    It 'tells what manifest and lock file say' {
        $artifact = Get-SkmArtifact -Name pdf-tools -SkillMeatHome $sample
        $artifact.Type | Should -Be 'skill'
        $artifact.Collection | Should -Be 'default'
        $artifact.Path | Should -Be 'skills/pdf-tools'
        $artifact.Description | Should -Be 'Extract text and tables from PDF files.'
        $artifact.License | Should -Be 'Apache-2.0'
        $artifact.Tags | Should -Be 'pdf', 'documents'
        $artifact.Added | Should -Be ([System.DateTimeOffset] '2026-11-01T09:02:00Z')
        $artifact.ContentHash | Should -Be '2f93fe00ca56c7439bb75dd5e345cbf52b1d4c9db3a620299f6f5efbee920f3e'
    }

    It 'takes the folder that artifacts come from, and a path in it' {
        $upstream = Join-Path (Split-Path -Path $sample) 'upstream'
        (Get-SkmArtifact -Source $upstream -SkillMeatHome $sample).ArtifactId | Should -Be 'skill:meeting-notes', 'skill:pdf-tools', 'command:changelog'
        (Get-SkmArtifact -Source (Join-Path $upstream 'skills') -Name pdf* -SkillMeatHome $sample).ArtifactId | Should -Be 'skill:pdf-tools'
        $problem = Get-Failure { Get-SkmArtifact -Source octo/nothing -SkillMeatHome $sample -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'
        $problem.Exception.Message | Should -Be "Collection 'default' has no artifact from 'octo/nothing'."
        (Get-Completion -Line "Get-SkmArtifact -SkillMeatHome '$sample' -Source ").ListItemText | Should -Be $upstream
    }

    It 'takes names, ids, wildcards and any case' {
        (Get-SkmArtifact -Name 'PDF-*', 'change?og' -SkillMeatHome $sample).Name | Should -Be 'pdf-tools', 'changelog'
        (Get-SkmArtifact -Name 'command:changelog' -SkillMeatHome $sample).Name | Should -Be 'changelog'
        (Get-SkmArtifact -Name 'skill:*' -SkillMeatHome $sample).Count | Should -Be 2
    }

    It 'filters by type, by several types, by types with a comma between' {
        (Get-SkmArtifact -Type skill -SkillMeatHome $sample).Count | Should -Be 2
        (Get-SkmArtifact -Type skill, Agent -SkillMeatHome $sample).Count | Should -Be 3
        (Get-SkmArtifact -Type 'command,agent' -SkillMeatHome $sample).Name | Should -Be 'changelog', 'code-reviewer'
    }

    It 'takes name and type together' {
        (Get-SkmArtifact -Name '*e*' -Type agent -SkillMeatHome $sample).Name | Should -Be 'code-reviewer'
    }

    It 'takes collections by name, by wildcard and from the pipeline' {
        Get-SkmArtifact -Collection work -SkillMeatHome $sample | Should -BeNullOrEmpty
        (Get-SkmArtifact -Collection '*' -SkillMeatHome $sample).Count | Should -Be 4
        (Get-SkmCollection -SkillMeatHome $sample | Get-SkmArtifact -SkillMeatHome $sample).Count | Should -Be 4
    }

    It 'lists the other collections when one can not be read' {
        $damaged = Copy-SampleHome -Path (Join-Path $TestDrive 'damaged')
        $null = New-SkmCollection -Name broken -SkillMeatHome $damaged
        Write-Text -Path (Join-Path $damaged 'collections/broken/collection.toml') -Text '= ?'
        $problems = @()
        (Get-SkmArtifact -Collection '*' -SkillMeatHome $damaged -ErrorAction SilentlyContinue -ErrorVariable problems).Count | Should -Be 4
        $problems.Count | Should -Be 1
        $problems[0].TargetObject | Should -Be 'broken'
    }

    It 'reads a name that holds brackets as it is escaped' {
        $brackets = Copy-SampleHome -Path (Join-Path $TestDrive 'brackets')
        $manifest = Join-Path $brackets 'collections/default/collection.toml'
        Write-Text -Path $manifest -Text ((Get-Content -LiteralPath $manifest -Raw) -replace 'name = "changelog"', 'name = "change[1]"')
        (Get-SkmArtifact -Name 'change`[1`]' -SkillMeatHome $brackets).Name | Should -Be 'change[1]'
    }

    It 'changes nothing' {
        $before = Get-HomeState -Path $sample
        $null = Get-SkmArtifact -SkillMeatHome $sample
        Get-HomeState -Path $sample | Should -Be $before
    }
}
