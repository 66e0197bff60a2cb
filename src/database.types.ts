
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "archived_attempts": {
                  Row: {
                    "attempt": number,"batch_id": string | null,"error_code": string | null,"error_message": string | null,"finished_at": string,"id": number,"job_id": number,"outcome": string,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempt": number,"batch_id"?: string | null,"error_code"?: string | null,"error_message"?: string | null,"finished_at": string,"id": number,"job_id": number,"outcome": string,"workspace_id": string
                  }
                  Update: {
                    "attempt"?: number,"batch_id"?: string | null,"error_code"?: string | null,"error_message"?: string | null,"finished_at"?: string,"id"?: number,"job_id"?: number,"outcome"?: string,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "archived_attempts_workspace_id_fkey"
      columns: ["workspace_id"]
isOneToOne: false
      referencedRelation: "workspaces"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "archived_attempts_workspace_id_job_id_fkey"
      columns: ["workspace_id","job_id"]
isOneToOne: false
      referencedRelation: "archived_jobs"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"archived_campaigns": {
                  Row: {
                    "archived_at": string | null,"archived_by": string | null,"campaign": NonNullable<Json>,"campaign_id": string,"restored_at": string | null,"restored_by": string | null,"restored_tables": NonNullable<Json>,"tables": NonNullable<Json>,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "archived_at"?: string | null,"archived_by"?: string | null,"campaign": NonNullable<Json>,"campaign_id": string,"restored_at"?: string | null,"restored_by"?: string | null,"restored_tables"?: NonNullable<Json>,"tables"?: NonNullable<Json>,"workspace_id": string
                  }
                  Update: {
                    "archived_at"?: string | null,"archived_by"?: string | null,"campaign"?: NonNullable<Json>,"campaign_id"?: string,"restored_at"?: string | null,"restored_by"?: string | null,"restored_tables"?: NonNullable<Json>,"tables"?: NonNullable<Json>,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "archived_campaigns_workspace_id_campaign_id_fkey"
      columns: ["workspace_id","campaign_id"]
isOneToOne: true
      referencedRelation: "campaigns"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"archived_companies": {
                  Row: {
                    "address": string | null,"campaign_id": string,"contact_count": number,"country": string | null,"created_at": string,"custom": NonNullable<Json>,"dedupe_key": string,"description": string | null,"domain": string | null,"email": string | null,"employees": string | null,"financials": NonNullable<Json>,"id": string,"import_id": string | null,"industry": string | null,"linkedin_url": string | null,"name": string,"owner_id": string | null,"phone": string | null,"portfolio_count": number,"research": NonNullable<Json>,"research_status": Database["public"]['Enums']["research_status"],"researched_at": string | null,"search": unknown,"tags": (string)[],"updated_at": string,"website": string | null,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "address"?: string | null,"campaign_id": string,"contact_count": number,"country"?: string | null,"created_at": string,"custom": NonNullable<Json>,"dedupe_key": string,"description"?: string | null,"domain"?: string | null,"email"?: string | null,"employees"?: string | null,"financials": NonNullable<Json>,"id": string,"import_id"?: string | null,"industry"?: string | null,"linkedin_url"?: string | null,"name": string,"owner_id"?: string | null,"phone"?: string | null,"portfolio_count": number,"research": NonNullable<Json>,"research_status": Database["public"]['Enums']["research_status"],"researched_at"?: string | null,"search": unknown,"tags": (string)[],"updated_at": string,"website"?: string | null,"workspace_id": string
                  }
                  Update: {
                    "address"?: string | null,"campaign_id"?: string,"contact_count"?: number,"country"?: string | null,"created_at"?: string,"custom"?: NonNullable<Json>,"dedupe_key"?: string,"description"?: string | null,"domain"?: string | null,"email"?: string | null,"employees"?: string | null,"financials"?: NonNullable<Json>,"id"?: string,"import_id"?: string | null,"industry"?: string | null,"linkedin_url"?: string | null,"name"?: string,"owner_id"?: string | null,"phone"?: string | null,"portfolio_count"?: number,"research"?: NonNullable<Json>,"research_status"?: Database["public"]['Enums']["research_status"],"researched_at"?: string | null,"search"?: unknown,"tags"?: (string)[],"updated_at"?: string,"website"?: string | null,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "archived_companies_workspace_id_campaign_id_fkey"
      columns: ["workspace_id","campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"archived_contacts": {
                  Row: {
                    "campaign_id": string,"company_id": string,"country": string | null,"created_at": string,"custom": NonNullable<Json>,"dedupe_key": string,"do_not_contact": boolean,"email": string | null,"first_name": string | null,"id": string,"import_id": string | null,"last_name": string | null,"linkedin_url": string | null,"name": string,"owner_id": string | null,"phone": string | null,"research": NonNullable<Json>,"search": unknown,"seniority": string | null,"source": Database["public"]['Enums']["contact_source"],"tags": (string)[],"title": string | null,"updated_at": string,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "campaign_id": string,"company_id": string,"country"?: string | null,"created_at": string,"custom": NonNullable<Json>,"dedupe_key": string,"do_not_contact": boolean,"email"?: string | null,"first_name"?: string | null,"id": string,"import_id"?: string | null,"last_name"?: string | null,"linkedin_url"?: string | null,"name": string,"owner_id"?: string | null,"phone"?: string | null,"research": NonNullable<Json>,"search": unknown,"seniority"?: string | null,"source": Database["public"]['Enums']["contact_source"],"tags": (string)[],"title"?: string | null,"updated_at": string,"workspace_id": string
                  }
                  Update: {
                    "campaign_id"?: string,"company_id"?: string,"country"?: string | null,"created_at"?: string,"custom"?: NonNullable<Json>,"dedupe_key"?: string,"do_not_contact"?: boolean,"email"?: string | null,"first_name"?: string | null,"id"?: string,"import_id"?: string | null,"last_name"?: string | null,"linkedin_url"?: string | null,"name"?: string,"owner_id"?: string | null,"phone"?: string | null,"research"?: NonNullable<Json>,"search"?: unknown,"seniority"?: string | null,"source"?: Database["public"]['Enums']["contact_source"],"tags"?: (string)[],"title"?: string | null,"updated_at"?: string,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "archived_contacts_workspace_id_campaign_id_fkey"
      columns: ["workspace_id","campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"archived_jobs": {
                  Row: {
                    "attempt": number,"batch_id": string | null,"cached_at": string | null,"campaign_id": string,"company_id": string | null,"contact_id": string | null,"created_at": string,"error_code": string | null,"error_message": string | null,"finished_at": string | null,"has_result": boolean,"id": number,"page": number | null,"poll_state": Json | null,"polled_since": string | null,"run_after": string,"run_id": string,"stage": Database["public"]['Enums']["research_stage"],"started_at": string | null,"status": Database["public"]['Enums']["job_status"],"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempt": number,"batch_id"?: string | null,"cached_at"?: string | null,"campaign_id": string,"company_id"?: string | null,"contact_id"?: string | null,"created_at": string,"error_code"?: string | null,"error_message"?: string | null,"finished_at"?: string | null,"has_result": boolean,"id": number,"page"?: number | null,"poll_state"?: Json | null,"polled_since"?: string | null,"run_after": string,"run_id": string,"stage": Database["public"]['Enums']["research_stage"],"started_at"?: string | null,"status": Database["public"]['Enums']["job_status"],"workspace_id": string
                  }
                  Update: {
                    "attempt"?: number,"batch_id"?: string | null,"cached_at"?: string | null,"campaign_id"?: string,"company_id"?: string | null,"contact_id"?: string | null,"created_at"?: string,"error_code"?: string | null,"error_message"?: string | null,"finished_at"?: string | null,"has_result"?: boolean,"id"?: number,"page"?: number | null,"poll_state"?: Json | null,"polled_since"?: string | null,"run_after"?: string,"run_id"?: string,"stage"?: Database["public"]['Enums']["research_stage"],"started_at"?: string | null,"status"?: Database["public"]['Enums']["job_status"],"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "archived_jobs_workspace_id_campaign_id_fkey"
      columns: ["workspace_id","campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"archived_portfolio_companies": {
                  Row: {
                    "campaign_id": string,"company_id": string,"created_at": string,"dedupe_key": string,"domain": string | null,"id": string,"invested_on": string | null,"name": string,"round": string | null,"source": string | null,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "campaign_id": string,"company_id": string,"created_at": string,"dedupe_key": string,"domain"?: string | null,"id": string,"invested_on"?: string | null,"name": string,"round"?: string | null,"source"?: string | null,"workspace_id": string
                  }
                  Update: {
                    "campaign_id"?: string,"company_id"?: string,"created_at"?: string,"dedupe_key"?: string,"domain"?: string | null,"id"?: string,"invested_on"?: string | null,"name"?: string,"round"?: string | null,"source"?: string | null,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "archived_portfolio_companies_workspace_id_campaign_id_fkey"
      columns: ["workspace_id","campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"bulk_tasks": {
                  Row: {
                    "after": Json | null,"campaign_id": string | null,"campaign_name": string,"chunk_rows": number,"created_at": string,"created_by": string | null,"done": number,"error_message": string | null,"failures": number,"filter": NonNullable<Json>,"finished_at": string | null,"id": string,"kind": Database["public"]['Enums']["task_kind"],"list": string | null,"message": string | null,"patch": NonNullable<Json>,"status": Database["public"]['Enums']["task_status"],"step": string | null,"total": number,"worked_at": string,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "after"?: Json | null,"campaign_id"?: string | null,"campaign_name": string,"chunk_rows"?: number,"created_at"?: string,"created_by"?: string | null,"done"?: number,"error_message"?: string | null,"failures"?: number,"filter"?: NonNullable<Json>,"finished_at"?: string | null,"id"?: string,"kind": Database["public"]['Enums']["task_kind"],"list"?: string | null,"message"?: string | null,"patch"?: NonNullable<Json>,"status"?: Database["public"]['Enums']["task_status"],"step"?: string | null,"total"?: number,"worked_at"?: string,"workspace_id": string
                  }
                  Update: {
                    "after"?: Json | null,"campaign_id"?: string | null,"campaign_name"?: string,"chunk_rows"?: number,"created_at"?: string,"created_by"?: string | null,"done"?: number,"error_message"?: string | null,"failures"?: number,"filter"?: NonNullable<Json>,"finished_at"?: string | null,"id"?: string,"kind"?: Database["public"]['Enums']["task_kind"],"list"?: string | null,"message"?: string | null,"patch"?: NonNullable<Json>,"status"?: Database["public"]['Enums']["task_status"],"step"?: string | null,"total"?: number,"worked_at"?: string,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "bulk_tasks_workspace_id_campaign_id_fkey"
      columns: ["workspace_id","campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["workspace_id","id"]
    },{
      foreignKeyName: "bulk_tasks_workspace_id_fkey"
      columns: ["workspace_id"]
isOneToOne: false
      referencedRelation: "workspaces"
      referencedColumns: ["id"]
    }
                  ]
                },"campaigns": {
                  Row: {
                    "company_count": number,"contact_count": number,"created_at": string,"created_by": string | null,"description": string | null,"failed_count": number,"id": string,"name": string,"research_plan": Json | null,"researched_count": number,"state": Database["public"]['Enums']["campaign_state"],"updated_at": string,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "company_count"?: number,"contact_count"?: number,"created_at"?: string,"created_by"?: string | null,"description"?: string | null,"failed_count"?: number,"id"?: string,"name": string,"research_plan"?: Json | null,"researched_count"?: number,"state"?: Database["public"]['Enums']["campaign_state"],"updated_at"?: string,"workspace_id": string
                  }
                  Update: {
                    "company_count"?: number,"contact_count"?: number,"created_at"?: string,"created_by"?: string | null,"description"?: string | null,"failed_count"?: number,"id"?: string,"name"?: string,"research_plan"?: Json | null,"researched_count"?: number,"state"?: Database["public"]['Enums']["campaign_state"],"updated_at"?: string,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "campaigns_workspace_id_fkey"
      columns: ["workspace_id"]
isOneToOne: false
      referencedRelation: "workspaces"
      referencedColumns: ["id"]
    }
                  ]
                },"companies": {
                  Row: {
                    "address": string | null,"campaign_id": string,"contact_count": number,"country": string | null,"created_at": string,"custom": NonNullable<Json>,"dedupe_key": string,"description": string | null,"domain": string | null,"email": string | null,"employees": string | null,"financials": NonNullable<Json>,"id": string,"import_id": string | null,"industry": string | null,"linkedin_url": string | null,"name": string,"owner_id": string | null,"phone": string | null,"portfolio_count": number,"research": NonNullable<Json>,"research_status": Database["public"]['Enums']["research_status"],"researched_at": string | null,"search": unknown,"tags": (string)[],"updated_at": string,"website": string | null,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "address"?: string | null,"campaign_id": string,"contact_count"?: number,"country"?: string | null,"created_at"?: string,"custom"?: NonNullable<Json>,"dedupe_key": string,"description"?: string | null,"domain"?: string | null,"email"?: string | null,"employees"?: string | null,"financials"?: NonNullable<Json>,"id"?: string,"import_id"?: string | null,"industry"?: string | null,"linkedin_url"?: string | null,"name": string,"owner_id"?: string | null,"phone"?: string | null,"portfolio_count"?: number,"research"?: NonNullable<Json>,"research_status"?: Database["public"]['Enums']["research_status"],"researched_at"?: string | null,"search"?: never,"tags"?: (string)[],"updated_at"?: string,"website"?: string | null,"workspace_id": string
                  }
                  Update: {
                    "address"?: string | null,"campaign_id"?: string,"contact_count"?: number,"country"?: string | null,"created_at"?: string,"custom"?: NonNullable<Json>,"dedupe_key"?: string,"description"?: string | null,"domain"?: string | null,"email"?: string | null,"employees"?: string | null,"financials"?: NonNullable<Json>,"id"?: string,"import_id"?: string | null,"industry"?: string | null,"linkedin_url"?: string | null,"name"?: string,"owner_id"?: string | null,"phone"?: string | null,"portfolio_count"?: number,"research"?: NonNullable<Json>,"research_status"?: Database["public"]['Enums']["research_status"],"researched_at"?: string | null,"search"?: never,"tags"?: (string)[],"updated_at"?: string,"website"?: string | null,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "companies_workspace_id_campaign_id_fkey"
      columns: ["workspace_id","campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"contacts": {
                  Row: {
                    "campaign_id": string,"company_id": string,"country": string | null,"created_at": string,"custom": NonNullable<Json>,"dedupe_key": string,"do_not_contact": boolean,"email": string | null,"first_name": string | null,"id": string,"import_id": string | null,"last_name": string | null,"linkedin_url": string | null,"name": string,"owner_id": string | null,"phone": string | null,"research": NonNullable<Json>,"search": unknown,"seniority": string | null,"source": Database["public"]['Enums']["contact_source"],"tags": (string)[],"title": string | null,"updated_at": string,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "campaign_id": string,"company_id": string,"country"?: string | null,"created_at"?: string,"custom"?: NonNullable<Json>,"dedupe_key": string,"do_not_contact"?: boolean,"email"?: string | null,"first_name"?: string | null,"id"?: string,"import_id"?: string | null,"last_name"?: string | null,"linkedin_url"?: string | null,"name": string,"owner_id"?: string | null,"phone"?: string | null,"research"?: NonNullable<Json>,"search"?: never,"seniority"?: string | null,"source"?: Database["public"]['Enums']["contact_source"],"tags"?: (string)[],"title"?: string | null,"updated_at"?: string,"workspace_id": string
                  }
                  Update: {
                    "campaign_id"?: string,"company_id"?: string,"country"?: string | null,"created_at"?: string,"custom"?: NonNullable<Json>,"dedupe_key"?: string,"do_not_contact"?: boolean,"email"?: string | null,"first_name"?: string | null,"id"?: string,"import_id"?: string | null,"last_name"?: string | null,"linkedin_url"?: string | null,"name"?: string,"owner_id"?: string | null,"phone"?: string | null,"research"?: NonNullable<Json>,"search"?: never,"seniority"?: string | null,"source"?: Database["public"]['Enums']["contact_source"],"tags"?: (string)[],"title"?: string | null,"updated_at"?: string,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "contacts_workspace_id_campaign_id_fkey"
      columns: ["workspace_id","campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["workspace_id","id"]
    },{
      foreignKeyName: "contacts_workspace_id_company_id_fkey"
      columns: ["workspace_id","company_id"]
isOneToOne: false
      referencedRelation: "companies"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"deliveries": {
                  Row: {
                    "address": string,"batch_id": string | null,"duration_ms": number,"error_code": string | null,"error_reason": string | null,"id": number,"integration_id": string,"jobs": number,"notes": (string)[],"request_body": string,"request_headers": NonNullable<Json>,"resent_by": string | null,"response_body": string | null,"sent_at": string,"stages": (Database["public"]['Enums']["research_stage"])[],"status": number | null,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "address": string,"batch_id"?: string | null,"duration_ms": number,"error_code"?: string | null,"error_reason"?: string | null,"id"?: never,"integration_id": string,"jobs"?: number,"notes"?: (string)[],"request_body": string,"request_headers": NonNullable<Json>,"resent_by"?: string | null,"response_body"?: string | null,"sent_at": string,"stages"?: (Database["public"]['Enums']["research_stage"])[],"status"?: number | null,"workspace_id": string
                  }
                  Update: {
                    "address"?: string,"batch_id"?: string | null,"duration_ms"?: number,"error_code"?: string | null,"error_reason"?: string | null,"id"?: never,"integration_id"?: string,"jobs"?: number,"notes"?: (string)[],"request_body"?: string,"request_headers"?: NonNullable<Json>,"resent_by"?: string | null,"response_body"?: string | null,"sent_at"?: string,"stages"?: (Database["public"]['Enums']["research_stage"])[],"status"?: number | null,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "deliveries_workspace_id_integration_id_fkey"
      columns: ["workspace_id","integration_id"]
isOneToOne: false
      referencedRelation: "integrations"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"events": {
                  Row: {
                    "body": string,"event_id": string,"id": number,"ignored": number,"integration_id": string,"notes": (string)[],"received_at": string,"taken": number,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "body": string,"event_id": string,"id"?: never,"ignored"?: number,"integration_id": string,"notes"?: (string)[],"received_at"?: string,"taken"?: number,"workspace_id": string
                  }
                  Update: {
                    "body"?: string,"event_id"?: string,"id"?: never,"ignored"?: number,"integration_id"?: string,"notes"?: (string)[],"received_at"?: string,"taken"?: number,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "events_workspace_id_integration_id_fkey"
      columns: ["workspace_id","integration_id"]
isOneToOne: false
      referencedRelation: "integrations"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"import_chunks": {
                  Row: {
                    "chunk_index": number,"created_at": string,"hash": string,"import_id": string,"result": NonNullable<Json>,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "chunk_index": number,"created_at"?: string,"hash": string,"import_id": string,"result"?: NonNullable<Json>,"workspace_id": string
                  }
                  Update: {
                    "chunk_index"?: number,"created_at"?: string,"hash"?: string,"import_id"?: string,"result"?: NonNullable<Json>,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "import_chunks_workspace_id_import_id_fkey"
      columns: ["workspace_id","import_id"]
isOneToOne: false
      referencedRelation: "import_jobs"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"import_jobs": {
                  Row: {
                    "campaign_id": string,"created_at": string,"created_by": string | null,"created_rows": number,"duplicate_rows": number,"file_hash": string,"file_name": string,"file_size": number,"finished_at": string | null,"id": string,"kind": Database["public"]['Enums']["import_kind"],"mapping": NonNullable<Json>,"processed_rows": number,"rejected_rows": number,"status": Database["public"]['Enums']["import_status"],"total_rows": number | null,"updated_rows": number,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "campaign_id": string,"created_at"?: string,"created_by"?: string | null,"created_rows"?: number,"duplicate_rows"?: number,"file_hash": string,"file_name": string,"file_size": number,"finished_at"?: string | null,"id"?: string,"kind": Database["public"]['Enums']["import_kind"],"mapping": NonNullable<Json>,"processed_rows"?: number,"rejected_rows"?: number,"status"?: Database["public"]['Enums']["import_status"],"total_rows"?: number | null,"updated_rows"?: number,"workspace_id": string
                  }
                  Update: {
                    "campaign_id"?: string,"created_at"?: string,"created_by"?: string | null,"created_rows"?: number,"duplicate_rows"?: number,"file_hash"?: string,"file_name"?: string,"file_size"?: number,"finished_at"?: string | null,"id"?: string,"kind"?: Database["public"]['Enums']["import_kind"],"mapping"?: NonNullable<Json>,"processed_rows"?: number,"rejected_rows"?: number,"status"?: Database["public"]['Enums']["import_status"],"total_rows"?: number | null,"updated_rows"?: number,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "import_jobs_workspace_id_campaign_id_fkey"
      columns: ["workspace_id","campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"import_rejected_rows": {
                  Row: {
                    "id": number,"import_id": string,"raw": NonNullable<Json>,"reason": string,"row_number": number,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "id"?: never,"import_id": string,"raw"?: NonNullable<Json>,"reason": string,"row_number": number,"workspace_id": string
                  }
                  Update: {
                    "id"?: never,"import_id"?: string,"raw"?: NonNullable<Json>,"reason"?: string,"row_number"?: number,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "import_rejected_rows_workspace_id_import_id_fkey"
      columns: ["workspace_id","import_id"]
isOneToOne: false
      referencedRelation: "import_jobs"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"integrations": {
                  Row: {
                    "auth_header": string | null,"batch_size": number,"burst": number,"cache_days": number,"cost_per_job": number,"created_at": string,"created_by": string | null,"deadline_seconds": number,"deleted_at": string | null,"header_secret_at": string | null,"id": string,"kind": Database["public"]['Enums']["integration_kind"],"max_in_flight": number,"name": string,"requests_per_second": number | null,"signing_secret_at": string | null,"timeout_seconds": number,"updated_at": string,"url": string,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "auth_header"?: string | null,"batch_size"?: number,"burst"?: number,"cache_days"?: number,"cost_per_job"?: number,"created_at"?: string,"created_by"?: string | null,"deadline_seconds"?: number,"deleted_at"?: string | null,"header_secret_at"?: string | null,"id"?: string,"kind": Database["public"]['Enums']["integration_kind"],"max_in_flight"?: number,"name": string,"requests_per_second"?: number | null,"signing_secret_at"?: string | null,"timeout_seconds"?: number,"updated_at"?: string,"url": string,"workspace_id": string
                  }
                  Update: {
                    "auth_header"?: string | null,"batch_size"?: number,"burst"?: number,"cache_days"?: number,"cost_per_job"?: number,"created_at"?: string,"created_by"?: string | null,"deadline_seconds"?: number,"deleted_at"?: string | null,"header_secret_at"?: string | null,"id"?: string,"kind"?: Database["public"]['Enums']["integration_kind"],"max_in_flight"?: number,"name"?: string,"requests_per_second"?: number | null,"signing_secret_at"?: string | null,"timeout_seconds"?: number,"updated_at"?: string,"url"?: string,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "integrations_workspace_id_fkey"
      columns: ["workspace_id"]
isOneToOne: false
      referencedRelation: "workspaces"
      referencedColumns: ["id"]
    }
                  ]
                },"lanes": {
                  Row: {
                    "held_until": string,"id": string,"integration_id": string | null,"limit_now": number,"limiter": Json | null,"limiter_version": number,"results_since": string,"served_at": string,"tokens": number,"tokens_at": string,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "held_until"?: string,"id"?: string,"integration_id"?: string | null,"limit_now"?: number,"limiter"?: Json | null,"limiter_version"?: number,"results_since"?: string,"served_at"?: string,"tokens"?: number,"tokens_at"?: string,"workspace_id": string
                  }
                  Update: {
                    "held_until"?: string,"id"?: string,"integration_id"?: string | null,"limit_now"?: number,"limiter"?: Json | null,"limiter_version"?: number,"results_since"?: string,"served_at"?: string,"tokens"?: number,"tokens_at"?: string,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "lanes_workspace_id_fkey"
      columns: ["workspace_id"]
isOneToOne: false
      referencedRelation: "workspaces"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "lanes_workspace_id_integration_id_fkey"
      columns: ["workspace_id","integration_id"]
isOneToOne: true
      referencedRelation: "integrations"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"portfolio_companies": {
                  Row: {
                    "campaign_id": string,"company_id": string,"created_at": string,"dedupe_key": string,"domain": string | null,"id": string,"invested_on": string | null,"name": string,"round": string | null,"source": string | null,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "campaign_id": string,"company_id": string,"created_at"?: string,"dedupe_key": string,"domain"?: string | null,"id"?: string,"invested_on"?: string | null,"name": string,"round"?: string | null,"source"?: string | null,"workspace_id": string
                  }
                  Update: {
                    "campaign_id"?: string,"company_id"?: string,"created_at"?: string,"dedupe_key"?: string,"domain"?: string | null,"id"?: string,"invested_on"?: string | null,"name"?: string,"round"?: string | null,"source"?: string | null,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "portfolio_companies_workspace_id_campaign_id_fkey"
      columns: ["workspace_id","campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["workspace_id","id"]
    },{
      foreignKeyName: "portfolio_companies_workspace_id_company_id_fkey"
      columns: ["workspace_id","company_id"]
isOneToOne: false
      referencedRelation: "companies"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"research_attempts": {
                  Row: {
                    "attempt": number,"batch_id": string | null,"error_code": string | null,"error_message": string | null,"finished_at": string,"id": number,"job_id": number,"outcome": string,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempt": number,"batch_id"?: string | null,"error_code"?: string | null,"error_message"?: string | null,"finished_at"?: string,"id"?: never,"job_id": number,"outcome": string,"workspace_id": string
                  }
                  Update: {
                    "attempt"?: number,"batch_id"?: string | null,"error_code"?: string | null,"error_message"?: string | null,"finished_at"?: string,"id"?: never,"job_id"?: number,"outcome"?: string,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "research_attempts_workspace_id_job_id_fkey"
      columns: ["workspace_id","job_id"]
isOneToOne: false
      referencedRelation: "research_jobs"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"research_batches": {
                  Row: {
                    "answered_at": string | null,"cost": number,"created_at": string,"id": string,"is_over": boolean,"job_ids": (number)[],"lane_id": string,"leased_until": string | null,"run_id": string,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "answered_at"?: string | null,"cost"?: number,"created_at"?: string,"id"?: string,"is_over"?: boolean,"job_ids": (number)[],"lane_id": string,"leased_until"?: string | null,"run_id": string,"workspace_id": string
                  }
                  Update: {
                    "answered_at"?: string | null,"cost"?: number,"created_at"?: string,"id"?: string,"is_over"?: boolean,"job_ids"?: (number)[],"lane_id"?: string,"leased_until"?: string | null,"run_id"?: string,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "research_batches_workspace_id_lane_id_fkey"
      columns: ["workspace_id","lane_id"]
isOneToOne: false
      referencedRelation: "lanes"
      referencedColumns: ["workspace_id","id"]
    },{
      foreignKeyName: "research_batches_workspace_id_run_id_fkey"
      columns: ["workspace_id","run_id"]
isOneToOne: false
      referencedRelation: "research_runs"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"research_jobs": {
                  Row: {
                    "attempt": number,"batch_id": string | null,"cached_at": string | null,"campaign_id": string,"company_id": string | null,"contact_id": string | null,"created_at": string,"error_code": string | null,"error_message": string | null,"finished_at": string | null,"has_result": boolean,"id": number,"page": number | null,"poll_state": Json | null,"polled_since": string | null,"run_after": string,"run_id": string,"stage": Database["public"]['Enums']["research_stage"],"started_at": string | null,"status": Database["public"]['Enums']["job_status"],"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempt"?: number,"batch_id"?: string | null,"cached_at"?: string | null,"campaign_id": string,"company_id"?: string | null,"contact_id"?: string | null,"created_at"?: string,"error_code"?: string | null,"error_message"?: string | null,"finished_at"?: string | null,"has_result"?: boolean,"id"?: never,"page"?: number | null,"poll_state"?: Json | null,"polled_since"?: string | null,"run_after"?: string,"run_id": string,"stage": Database["public"]['Enums']["research_stage"],"started_at"?: string | null,"status"?: Database["public"]['Enums']["job_status"],"workspace_id": string
                  }
                  Update: {
                    "attempt"?: number,"batch_id"?: string | null,"cached_at"?: string | null,"campaign_id"?: string,"company_id"?: string | null,"contact_id"?: string | null,"created_at"?: string,"error_code"?: string | null,"error_message"?: string | null,"finished_at"?: string | null,"has_result"?: boolean,"id"?: never,"page"?: number | null,"poll_state"?: Json | null,"polled_since"?: string | null,"run_after"?: string,"run_id"?: string,"stage"?: Database["public"]['Enums']["research_stage"],"started_at"?: string | null,"status"?: Database["public"]['Enums']["job_status"],"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "research_jobs_workspace_id_campaign_id_fkey"
      columns: ["workspace_id","campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["workspace_id","id"]
    },{
      foreignKeyName: "research_jobs_workspace_id_company_id_fkey"
      columns: ["workspace_id","company_id"]
isOneToOne: false
      referencedRelation: "companies"
      referencedColumns: ["workspace_id","id"]
    },{
      foreignKeyName: "research_jobs_workspace_id_contact_id_fkey"
      columns: ["workspace_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["workspace_id","id"]
    },{
      foreignKeyName: "research_jobs_workspace_id_run_id_fkey"
      columns: ["workspace_id","run_id"]
isOneToOne: false
      referencedRelation: "research_runs"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"research_run_counters": {
                  Row: {
                    "jobs": number,"run_id": string,"shard": number,"stage": Database["public"]['Enums']["research_stage"],"status": Database["public"]['Enums']["job_status"],"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "jobs"?: number,"run_id": string,"shard": number,"stage": Database["public"]['Enums']["research_stage"],"status": Database["public"]['Enums']["job_status"],"workspace_id": string
                  }
                  Update: {
                    "jobs"?: number,"run_id"?: string,"shard"?: number,"stage"?: Database["public"]['Enums']["research_stage"],"status"?: Database["public"]['Enums']["job_status"],"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "research_run_counters_workspace_id_run_id_fkey"
      columns: ["workspace_id","run_id"]
isOneToOne: false
      referencedRelation: "research_runs"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"research_runs": {
                  Row: {
                    "afresh": boolean,"campaign_id": string,"companies_fed": number,"companies_total": number,"contacts_fed": number,"contacts_total": number,"created_at": string,"created_by": string | null,"fed_until": Json | null,"feeds": Database["public"]['Enums']["research_subject"],"filter": NonNullable<Json>,"finished_at": string | null,"follow_stages": (Database["public"]['Enums']["research_stage"])[],"id": string,"is_fed": boolean,"jobs_from_cache": number,"lanes": NonNullable<Json>,"last_page": number | null,"list": string,"pages_fed": number,"priority": number,"retry_code": string | null,"retry_until": string | null,"source": Json | null,"spend_cap": number | null,"spent": number,"stages": (Database["public"]['Enums']["research_stage"])[],"status": Database["public"]['Enums']["run_status"],"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "afresh"?: boolean,"campaign_id": string,"companies_fed"?: number,"companies_total"?: number,"contacts_fed"?: number,"contacts_total"?: number,"created_at"?: string,"created_by"?: string | null,"fed_until"?: Json | null,"feeds"?: Database["public"]['Enums']["research_subject"],"filter"?: NonNullable<Json>,"finished_at"?: string | null,"follow_stages"?: never,"id"?: string,"is_fed"?: boolean,"jobs_from_cache"?: number,"lanes"?: NonNullable<Json>,"last_page"?: number | null,"list"?: string,"pages_fed"?: number,"priority"?: number,"retry_code"?: string | null,"retry_until"?: string | null,"source"?: Json | null,"spend_cap"?: number | null,"spent"?: number,"stages": (Database["public"]['Enums']["research_stage"])[],"status"?: Database["public"]['Enums']["run_status"],"workspace_id": string
                  }
                  Update: {
                    "afresh"?: boolean,"campaign_id"?: string,"companies_fed"?: number,"companies_total"?: number,"contacts_fed"?: number,"contacts_total"?: number,"created_at"?: string,"created_by"?: string | null,"fed_until"?: Json | null,"feeds"?: Database["public"]['Enums']["research_subject"],"filter"?: NonNullable<Json>,"finished_at"?: string | null,"follow_stages"?: never,"id"?: string,"is_fed"?: boolean,"jobs_from_cache"?: number,"lanes"?: NonNullable<Json>,"last_page"?: number | null,"list"?: string,"pages_fed"?: number,"priority"?: number,"retry_code"?: string | null,"retry_until"?: string | null,"source"?: Json | null,"spend_cap"?: number | null,"spent"?: number,"stages"?: (Database["public"]['Enums']["research_stage"])[],"status"?: Database["public"]['Enums']["run_status"],"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "research_runs_workspace_id_campaign_id_fkey"
      columns: ["workspace_id","campaign_id"]
isOneToOne: false
      referencedRelation: "campaigns"
      referencedColumns: ["workspace_id","id"]
    }
                  ]
                },"saved_views": {
                  Row: {
                    "columns": NonNullable<Json>,"created_at": string,"created_by": string,"id": string,"is_shared": boolean,"list": string,"name": string,"query": string,"updated_at": string,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "columns"?: NonNullable<Json>,"created_at"?: string,"created_by"?: string,"id"?: string,"is_shared"?: boolean,"list": string,"name": string,"query"?: string,"updated_at"?: string,"workspace_id": string
                  }
                  Update: {
                    "columns"?: NonNullable<Json>,"created_at"?: string,"created_by"?: string,"id"?: string,"is_shared"?: boolean,"list"?: string,"name"?: string,"query"?: string,"updated_at"?: string,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "saved_views_workspace_id_fkey"
      columns: ["workspace_id"]
isOneToOne: false
      referencedRelation: "workspaces"
      referencedColumns: ["id"]
    }
                  ]
                },"workspace_invites": {
                  Row: {
                    "answered_at": string | null,"created_at": string,"email": string,"expires_at": string,"id": string,"invited_by": string | null,"mailed_at": string | null,"role": Database["public"]['Enums']["member_role"],"status": Database["public"]['Enums']["invite_status"],"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "answered_at"?: string | null,"created_at"?: string,"email": string,"expires_at"?: string,"id"?: string,"invited_by"?: string | null,"mailed_at"?: string | null,"role": Database["public"]['Enums']["member_role"],"status"?: Database["public"]['Enums']["invite_status"],"workspace_id": string
                  }
                  Update: {
                    "answered_at"?: string | null,"created_at"?: string,"email"?: string,"expires_at"?: string,"id"?: string,"invited_by"?: string | null,"mailed_at"?: string | null,"role"?: Database["public"]['Enums']["member_role"],"status"?: Database["public"]['Enums']["invite_status"],"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "workspace_invites_workspace_id_fkey"
      columns: ["workspace_id"]
isOneToOne: false
      referencedRelation: "workspaces"
      referencedColumns: ["id"]
    }
                  ]
                },"workspace_members": {
                  Row: {
                    "created_at": string,"email": string,"role": Database["public"]['Enums']["member_role"],"user_id": string,"workspace_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"email": string,"role"?: Database["public"]['Enums']["member_role"],"user_id": string,"workspace_id": string
                  }
                  Update: {
                    "created_at"?: string,"email"?: string,"role"?: Database["public"]['Enums']["member_role"],"user_id"?: string,"workspace_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "workspace_members_workspace_id_fkey"
      columns: ["workspace_id"]
isOneToOne: false
      referencedRelation: "workspaces"
      referencedColumns: ["id"]
    }
                  ]
                },"workspaces": {
                  Row: {
                    "archive_after_days": number | null,"channel_key": string,"created_at": string,"id": string,"name": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "archive_after_days"?: number | null,"channel_key"?: string,"created_at"?: string,"id"?: string,"name": string,"updated_at"?: string
                  }
                  Update: {
                    "archive_after_days"?: number | null,"channel_key"?: string,"created_at"?: string,"id"?: string,"name"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "accept_invite":
{ Args: { "token": string }; Returns: Json
                           },
"archive_campaign":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"cancel_research":
{ Args: { "run_id": string }; Returns: Json
                           },
"cancel_task":
{ Args: { "task_id": string }; Returns: Json
                           },
"change_role":
{ Args: { "role": Database["public"]['Enums']["member_role"],"user_id": string,"workspace_id": string }; Returns: undefined
                           },
"create_workspace":
{ Args: { "name": string }; Returns: Json
                           },
"decline_invite":
{ Args: { "invite_id": string }; Returns: undefined
                           },
"delete_campaign":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"delete_integration":
{ Args: { "integration_id": string }; Returns: undefined
                           },
"delete_matching":
{ Args: { "campaign_id": string,"filter": Json,"list": string }; Returns: Json
                           },
"delete_workspace":
{ Args: { "workspace_id": string }; Returns: undefined
                           },
"edit_matching":
{ Args: { "campaign_id": string,"filter": Json,"list": string,"patch": Json }; Returns: Json
                           },
"engine_status":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"finish_import":
{ Args: { "chunk_count": number,"import_id": string }; Returns: Json
                           },
"get_invite":
{ Args: { "invite_id": string,"token"?: string }; Returns: Json
                           },
"import_rows":
{ Args: { "chunk_index": number,"import_id": string,"rejected"?: Json,"rows": Json }; Returns: Json
                           },
"invite_member":
{ Args: { "email": string,"role": Database["public"]['Enums']["member_role"],"workspace_id": string }; Returns: Json
                           },
"leave_workspace":
{ Args: { "workspace_id": string }; Returns: undefined
                           },
"list_archived":
{ Args: { "campaign_id": string,"cursor"?: string,"list": string,"page_size"?: number }; Returns: Json
                           },
"list_campaigns":
{ Args: { "cursor"?: string,"direction"?: string,"filter"?: Json,"page_size"?: number,"sort"?: string,"workspace_id": string }; Returns: Json
                           },
"list_companies":
{ Args: { "campaign_id"?: string,"cursor"?: string,"direction"?: string,"filter"?: Json,"page_size"?: number,"sort"?: string,"with_total"?: boolean,"workspace_id"?: string }; Returns: Json
                           },
"list_contacts":
{ Args: { "campaign_id"?: string,"cursor"?: string,"direction"?: string,"filter"?: Json,"page_size"?: number,"sort"?: string,"with_total"?: boolean,"workspace_id"?: string }; Returns: Json
                           },
"list_jobs":
{ Args: { "cursor"?: string,"direction"?: string,"filter"?: Json,"page_size"?: number,"run_id": string,"sort"?: string }; Returns: Json
                           },
"list_place":
{ Args: { "campaign_id"?: string,"direction"?: string,"filter"?: Json,"list": string,"row": number,"sort"?: string,"workspace_id"?: string }; Returns: Json
                           },
"list_total":
{ Args: { "campaign_id"?: string,"filter"?: Json,"list": string,"workspace_id"?: string }; Returns: Json
                           },
"make_invite_link":
{ Args: { "invite_id": string,"to_be_mailed"?: boolean }; Returns: Json
                           },
"may_manage_integration":
{ Args: { "integration_id": string }; Returns: string
                           },
"may_redeliver":
{ Args: { "delivery_id": number }; Returns: string
                           },
"my_invites":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"pause_research":
{ Args: { "run_id": string }; Returns: Json
                           },
"remove_member":
{ Args: { "user_id": string,"workspace_id": string }; Returns: undefined
                           },
"rerun_jobs":
{ Args: { "job_ids": (number)[],"run_id": string }; Returns: Json
                           },
"research_progress":
{ Args: { "run_id": string }; Returns: Json
                           },
"restore_campaign":
{ Args: { "campaign_id": string }; Returns: Json
                           },
"resume_research":
{ Args: { "run_id": string }; Returns: Json
                           },
"retry_failed_jobs":
{ Args: { "error_code"?: string,"run_id": string }; Returns: Json
                           },
"revoke_invite":
{ Args: { "invite_id": string }; Returns: undefined
                           },
"set_spend_cap":
{ Args: { "run_id": string,"spend_cap": number }; Returns: Json
                           },
"start_import":
{ Args: { "campaign_id": string,"file_hash": string,"file_name": string,"file_size": number,"kind": Database["public"]['Enums']["import_kind"],"mapping": Json,"total_rows"?: number }; Returns: Json
                           },
"start_research":
{ Args: { "campaign_id": string,"filter"?: Json,"list"?: string,"options"?: Json,"stages"?: (Database["public"]['Enums']["research_stage"])[] }; Returns: Json
                           },
"transfer_ownership":
{ Args: { "user_id": string,"workspace_id": string }; Returns: undefined
                           }
          }
          Enums: {
            "campaign_state": "active"|"archiving"|"archived"|"restoring"|"deleting","contact_source": "import"|"research"|"manual","import_kind": "companies"|"contacts","import_status": "running"|"completed"|"failed","integration_kind": "n8n"|"clay"|"webhook","invite_status": "pending"|"accepted"|"declined"|"revoked","job_status": "queued"|"processing"|"waiting"|"completed"|"failed"|"cancelled","member_role": "viewer"|"member"|"admin"|"owner","research_stage": "discover"|"company"|"financials"|"contacts"|"enrich"|"sync","research_status": "new"|"queued"|"researching"|"completed"|"failed","research_subject": "page"|"company"|"contact","run_status": "running"|"paused"|"completed"|"cancelled","task_kind": "archive"|"restore"|"delete"|"edit_rows"|"delete_rows","task_status": "running"|"completed"|"failed"|"cancelled"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "public": {
          Enums: {
            "campaign_state": ["active", "archiving", "archived", "restoring", "deleting"],"contact_source": ["import", "research", "manual"],"import_kind": ["companies", "contacts"],"import_status": ["running", "completed", "failed"],"integration_kind": ["n8n", "clay", "webhook"],"invite_status": ["pending", "accepted", "declined", "revoked"],"job_status": ["queued", "processing", "waiting", "completed", "failed", "cancelled"],"member_role": ["viewer", "member", "admin", "owner"],"research_stage": ["discover", "company", "financials", "contacts", "enrich", "sync"],"research_status": ["new", "queued", "researching", "completed", "failed"],"research_subject": ["page", "company", "contact"],"run_status": ["running", "paused", "completed", "cancelled"],"task_kind": ["archive", "restore", "delete", "edit_rows", "delete_rows"],"task_status": ["running", "completed", "failed", "cancelled"]
          }
        }
} as const
